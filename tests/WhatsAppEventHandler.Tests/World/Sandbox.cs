using System.Text;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Media;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Release;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppEventHandler.Tests.World;

/// <summary>One Lambda sandbox: the function wired to the world's services, each call of which takes time and can go wrong.</summary>
internal sealed class Sandbox : IOutbox, IChats, ITemplates, IConnect, IMedia, IDeadLetters, ICourtesySender, IParameterStore
{
    private readonly CloudWorld _world;
    private readonly Function _function;

    public Sandbox(CloudWorld world)
    {
        _world = world;
        var settings = ChatSettings.SourceIn(this, world.Environment.ConfigParameter, world.Clock, world.Logger);
        var delivery = new AggregateDelivery(this, this, this, world.HasDeadLetterQueue ? this : null, settings, world.Environment, world.Logger);
        var deliveries = new DeliveryLoop(this, this, new ReleasePolicy(this, settings, world.Logger), delivery, Lease.Length, world.Clock, world.Logger);
        _function = new Function(this, deliveries, this, wakeUps: null, filesQueue: null, this, world.Clock, world.Random, world.Logger);
    }

    public bool Dead { get; private set; }

    public async Task HandleAsync(string json)
    {
        await _function.HandleAsync(EventJson.Read(Encoding.UTF8.GetBytes(json)), _world.TimeOut);
        if (Dead)
        {
            throw new SandboxDiedException();
        }
    }

    public Task AdmitAsync(OutboxItem item, CancellationToken cancellationToken) => DoAsync("Admit", () => _world.Table.Admit(item), cancellationToken);

    public Task<bool> ContainsAsync(string conversation, string sortKey, CancellationToken cancellationToken) =>
        DoAsync("Contains", () => _world.Table.Contains(conversation, sortKey), cancellationToken);

    public Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken) =>
        DoAsync("Waiting", () => _world.Table.Waiting(conversation), cancellationToken);

    public Task<bool> TrySealAsync(OutboxItem first, Seal seal, CancellationToken cancellationToken) =>
        DoAsync("Seal", () => _world.Table.TrySeal(first, seal), cancellationToken);

    public Task<bool> TryNoteAsync(OutboxItem item, DeliveryProgress progress, CancellationToken cancellationToken) =>
        DoAsync("Note", () => _world.Table.TryNote(item, progress), cancellationToken);

    public Task<IReadOnlyList<OutboxItem>> FollowingAsync(string conversation, string sortKey, CancellationToken cancellationToken) =>
        DoAsync("Following", () => _world.Table.Following(conversation, sortKey), cancellationToken);

    public Task<bool> TryNoteFileAsync(OutboxItem item, int done, FileNote note, FileNote? before, OutboxItem? follows, CancellationToken cancellationToken) =>
        DoAsync("NoteFile", () => _world.Table.TryNoteFile(item, done, note, before, follows), cancellationToken);

    public Task<StoredFile?> FindAsync(CustomerFile file, CancellationToken cancellationToken) => DoAsync("ListObjectsV2", () => _world.Media.Find(file.Prefix), cancellationToken);

    public async Task FetchAsync(CustomerFile file, CancellationToken cancellationToken)
    {
        await Task.Delay(_world.FetchTime(file.MediaId!), _world.Clock, cancellationToken);
        await DoAsync("GetWhatsAppMessageMedia", () => _world.Media.Fetch(file), cancellationToken);
    }

    public Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken) => DoAsync("GetObject", () => _world.Media.Open(file), cancellationToken);

    public Task<UploadTarget> StartAttachmentAsync(string connectionToken, AttachmentStart start, CancellationToken cancellationToken) =>
        DoAsync("StartAttachmentUpload", () => _world.Connect.StartAttachment(connectionToken, start), cancellationToken);

    public async Task UploadAsync(UploadTarget upload, long size, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await write(bytes, cancellationToken);
        await DoAsync(AmazonConnect.PutAttachment, () => _world.Connect.Upload(upload.AttachmentId, bytes.ToArray()), cancellationToken);
    }

    public Task CompleteAttachmentAsync(string connectionToken, string attachmentId, string clientToken, CancellationToken cancellationToken) =>
        DoAsync("CompleteAttachmentUpload", () => _world.Connect.CompleteAttachment(connectionToken, attachmentId), cancellationToken);

    public Task RemoveAsync(OutboxItem item, CancellationToken cancellationToken) => DoAsync("Remove", () => _world.Table.Remove(item), cancellationToken);

    public Task<ChatState?> TryTakeAsync(string conversation, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
        DoAsync("Take", () => _world.Table.TryTake(conversation, owner, now, until), cancellationToken);

    public Task<bool> TryAnnounceAsync(string conversation, string owner, string contactId, ChatCustomer customer, CancellationToken cancellationToken) =>
        DoAsync("Announce", () => _world.Table.TryAnnounce(conversation, owner, contactId), cancellationToken);

    public Task<bool> TrySaveAsync(string conversation, string owner, ChatState chat, CancellationToken cancellationToken) =>
        DoAsync("Save", () => _world.Table.TrySave(conversation, owner, chat), cancellationToken);

    public Task<bool> TryReleaseAsync(string conversation, string owner, OutboxItem delivered, ChatState chat, CancellationToken cancellationToken) =>
        DoAsync("ReleaseAndRemove", () => _world.Table.TryRelease(conversation, owner, delivered, chat), cancellationToken);

    public Task ReleaseAsync(string conversation, string owner, CancellationToken cancellationToken) =>
        DoAsync("Release", () => _world.Table.Release(conversation, owner), cancellationToken);

    public Task<SentTemplate?> FindAsync(string systemNumber, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        DoAsync("FindTemplate", () => ids.Select(id => _world.Table.Templates.GetValueOrDefault(ConversationItems.OfTemplateTo(systemNumber, id))).FirstOrDefault(template => template is not null), cancellationToken);

    public Task ForgetAsync(SentTemplate template, CancellationToken cancellationToken) => DoAsync("ForgetTemplate", () => template.Notes.Any(note => _world.Table.Templates.Remove(note.Partition)), cancellationToken);

    public Task<OpenedChat> StartChatAsync(ChatStart start, CancellationToken cancellationToken) =>
        DoAsync("StartChatContact", () => _world.Connect.Start(start), cancellationToken);

    public Task StartStreamingAsync(string instanceId, string contactId, string topicArn, string clientToken, CancellationToken cancellationToken) =>
        DoAsync("StartContactStreaming", () => _world.Connect.Stream(contactId, topicArn), cancellationToken);

    public Task<string> ConnectAsync(string participantToken, CancellationToken cancellationToken) =>
        DoAsync("CreateParticipantConnection", () => _world.Connect.Join(participantToken), cancellationToken);

    public Task SendMessageAsync(string connectionToken, string text, string clientToken, CancellationToken cancellationToken) =>
        DoAsync("SendMessage", () => _world.Connect.Send(connectionToken, text, clientToken), cancellationToken);

    public Task SendAsync(DeadLetter letter, CancellationToken cancellationToken) => DoAsync("DeadLetter", () => _world.DeadLetters.Add(letter), cancellationToken);

    public Task SendAsync(string originationNumberArn, byte[] message, CancellationToken cancellationToken) =>
        DoAsync("WhatsApp", () => _world.SendWhatsApp(originationNumberArn, message), cancellationToken);

    public Task<string?> GetAsync(string name, CancellationToken cancellationToken) =>
        DoAsync("Settings", () => _world.SettingsJson, cancellationToken);

    private Task DoAsync(string step, Action effect, CancellationToken cancellationToken) => DoAsync(
        step,
        () =>
        {
            effect();
            return true;
        },
        cancellationToken);

    private async Task<T> DoAsync<T>(string step, Func<T> effect, CancellationToken cancellationToken)
    {
        ThrowIfDead();
        cancellationToken.ThrowIfCancellationRequested();
        Trouble trouble = _world.Trouble(step);
        await Task.Delay(trouble == World.Trouble.Stall ? Lease.Length * 1.5 : _world.Latency(), _world.Clock, CancellationToken.None);
        ThrowIfDead();
        DieIf(trouble is World.Trouble.CrashBefore);
        bool isConnect = step is "StartChatContact" or "StartContactStreaming" or "CreateParticipantConnection" or "SendMessage" or "StartAttachmentUpload" or AmazonConnect.PutAttachment or "CompleteAttachmentUpload";
        if (step is "ListObjectsV2" or "GetWhatsAppMessageMedia" && trouble is World.Trouble.Throttle)
        {
            throw FakeMedia.Throttled(step);
        }

        if (isConnect && trouble is World.Trouble.Throttle)
        {
            throw FakeConnect.Throttled(step);
        }

        if (step is "Take" or "Save" or "NoteFile" or "ReleaseAndRemove" && trouble is World.Trouble.Throttle)
        {
            return default!;
        }

        T result = effect();
        await Task.Delay(_world.Latency(), _world.Clock, CancellationToken.None);
        ThrowIfDead();
        DieIf(trouble is World.Trouble.CrashAfter);
        return isConnect && trouble is World.Trouble.LoseAnswer ? throw FakeConnect.Throttled(step) : result;
    }

    private void DieIf(bool died)
    {
        Dead |= died;
        ThrowIfDead();
    }

    private void ThrowIfDead()
    {
        if (Dead)
        {
            throw new SandboxDiedException();
        }
    }
}
