using System.Text;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppEventHandler.Tests.World;

/// <summary>One Lambda sandbox: the function wired to the world's services, each call of which takes time and can go wrong.</summary>
internal sealed class Sandbox : IOutbox, IChats, IConnect, IDeadLetters, IWhatsApp, IParameterStore
{
    private readonly CloudWorld _world;
    private readonly Function _function;

    public Sandbox(CloudWorld world)
    {
        _world = world;
        var settings = ChatSettings.SourceIn(this, world.Environment.ConfigParameter, world.Clock, world.Logger);
        var delivery = new AggregateDelivery(this, this, world.HasDeadLetterQueue ? this : null, settings, world.Environment, world.Logger);
        var deliveries = new DeliveryLoop(this, this, delivery, Lease.Length, world.Clock, world.Logger);
        _function = new Function(this, deliveries, this, world.Clock, world.Random, world.Logger);
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

    public Task<bool> TryNoteAsync(OutboxItem item, DeliveryProgress progress, CancellationToken cancellationToken) =>
        DoAsync("Note", () => _world.Table.TryNote(item, progress), cancellationToken);

    public Task RemoveAsync(OutboxItem item, CancellationToken cancellationToken) => DoAsync("Remove", () => _world.Table.Remove(item), cancellationToken);

    public Task<ChatState?> TryTakeAsync(string conversation, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
        DoAsync("Take", () => _world.Table.TryTake(conversation, owner, now, until), cancellationToken);

    public Task<bool> TrySaveAsync(string conversation, string owner, ChatState chat, CancellationToken cancellationToken) =>
        DoAsync("Save", () => _world.Table.TrySave(conversation, owner, chat), cancellationToken);

    public Task<bool> TryReleaseAsync(string conversation, string owner, OutboxItem delivered, long newestMessage, CancellationToken cancellationToken) =>
        DoAsync("ReleaseAndRemove", () => _world.Table.TryRelease(conversation, owner, delivered, newestMessage), cancellationToken);

    public Task ReleaseAsync(string conversation, string owner, CancellationToken cancellationToken) =>
        DoAsync("Release", () => _world.Table.Release(conversation, owner), cancellationToken);

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
        bool isConnect = step is "StartChatContact" or "StartContactStreaming" or "CreateParticipantConnection" or "SendMessage";
        if (isConnect && trouble is World.Trouble.Throttle)
        {
            throw FakeConnect.Throttled(step);
        }

        if (step is "Take" or "Save" or "ReleaseAndRemove" && trouble is World.Trouble.Throttle)
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
