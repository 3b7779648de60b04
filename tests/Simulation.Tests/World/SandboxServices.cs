using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Media;
using WhatsAppEventHandler.Tests.World;

namespace Simulation.Tests.World;

/// <summary>What else the event handler calls: Connect, its dead letters, and its settings.</summary>
internal sealed class SandboxServices(Sandbox sandbox) : IConnect, IMedia, IDeadLetters, IParameterStore
{
    private const string Settings = """{"instance_id":"i-1","contact_flow_id":"f-1","late_marker":"no"}""";

    private FakeConnect Connect => sandbox.Cloud.Connect;

    public Task<OpenedChat> StartChatAsync(ChatStart start, CancellationToken cancellationToken) =>
        CallAsync("StartChatContact", () => Connect.Start(start), cancellationToken);

    public Task StartStreamingAsync(string instanceId, string contactId, string topicArn, string clientToken, CancellationToken cancellationToken) =>
        CallAsync("StartContactStreaming", () => Stream(contactId, topicArn), cancellationToken);

    public Task<string> ConnectAsync(string participantToken, CancellationToken cancellationToken) =>
        CallAsync("CreateParticipantConnection", () => Connect.Join(participantToken), cancellationToken);

    public Task SendMessageAsync(string connectionToken, string text, string clientToken, CancellationToken cancellationToken) =>
        CallAsync("SendMessage", () => Send(connectionToken, text, clientToken), cancellationToken);

    public Task<UploadTarget> StartAttachmentAsync(string connectionToken, AttachmentStart start, CancellationToken cancellationToken) =>
        CallAsync("StartAttachmentUpload", () => Connect.StartAttachment(connectionToken, start), cancellationToken);

    public async Task UploadAsync(UploadTarget upload, long size, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await write(bytes, cancellationToken);
        await CallAsync(AmazonConnect.PutAttachment, () => Connect.Upload(upload.AttachmentId, bytes.ToArray()), cancellationToken);
    }

    public Task CompleteAttachmentAsync(string connectionToken, string attachmentId, string clientToken, CancellationToken cancellationToken) =>
        CallAsync("CompleteAttachmentUpload", () => Connect.CompleteAttachment(connectionToken, attachmentId), cancellationToken);

    public Task<StoredFile?> FindAsync(CustomerFile file, CancellationToken cancellationToken) =>
        CallMediaAsync("ListObjectsV2", () => sandbox.Cloud.Media.Find(file.Prefix), cancellationToken);

    public async Task FetchAsync(CustomerFile file, CancellationToken cancellationToken)
    {
        await sandbox.Cloud.DelayAsync(sandbox.Cloud.FetchTime(), cancellationToken);
        await CallMediaAsync(
            "GetWhatsAppMessageMedia",
            () =>
            {
                sandbox.Cloud.Media.Fetch(file);
                return true;
            },
            cancellationToken);
    }

    public Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken) => CallMediaAsync("GetObject", () => sandbox.Cloud.Media.Open(file), cancellationToken);

    public Task SendAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        CallAsync("DeadLetter", () => sandbox.Cloud.Refused.Add(letter), cancellationToken);

    public Task<string?> GetAsync(string name, CancellationToken cancellationToken) => CallAsync<string?>("GetParameter", () => Settings, cancellationToken);

    private void Stream(string contactId, string topicArn)
    {
        Connect.Stream(contactId, topicArn);
        sandbox.Cloud.Agents.Follow(Connect.Contacts.Find(contact => contact.Id == contactId)!);
    }

    private void Send(string connectionToken, string text, string clientToken)
    {
        Connect.Send(connectionToken, text, clientToken);
        sandbox.Cloud.Agents.See(Connect.Contacts.Find(contact => contact.ConnectionTokens.Contains(connectionToken))!);
    }

    private Task CallAsync(string operation, Action effect, CancellationToken cancellationToken) => CallAsync(
        operation,
        () =>
        {
            effect();
            return true;
        },
        cancellationToken);

    private Task<T> CallMediaAsync<T>(string operation, Func<T> effect, CancellationToken cancellationToken) => sandbox.CallAsync(
        operation, () => Task.FromResult(effect()), () => FakeMedia.Throttled(operation), () => FakeMedia.Throttled(operation), cancellationToken);

    private Task<T> CallAsync<T>(string operation, Func<T> effect, CancellationToken cancellationToken) => sandbox.CallAsync(
        operation, () => Task.FromResult(effect()), () => FakeConnect.Throttled(operation), () => FakeConnect.Throttled(operation), cancellationToken);
}
