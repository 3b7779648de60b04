using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppEventHandler.Tests.World;

namespace Simulation.Tests.World;

/// <summary>What else the event handler calls: Connect, its dead letters, and its settings.</summary>
internal sealed class SandboxServices(Sandbox sandbox) : IConnect, IDeadLetters, IParameterStore
{
    private const string Settings = """{"instance_id":"i-1","contact_flow_id":"f-1"}""";

    private FakeConnect Connect => sandbox.Cloud.Connect;

    public Task<OpenedChat> StartChatAsync(ChatStart start, CancellationToken cancellationToken) =>
        CallAsync("StartChatContact", () => Connect.Start(start), cancellationToken);

    public Task StartStreamingAsync(string instanceId, string contactId, string topicArn, string clientToken, CancellationToken cancellationToken) =>
        CallAsync("StartContactStreaming", () => Connect.Stream(contactId, topicArn), cancellationToken);

    public Task<string> ConnectAsync(string participantToken, CancellationToken cancellationToken) =>
        CallAsync("CreateParticipantConnection", () => Connect.Join(participantToken), cancellationToken);

    public Task SendMessageAsync(string connectionToken, string text, string clientToken, CancellationToken cancellationToken) =>
        CallAsync("SendMessage", () => Connect.Send(connectionToken, text, clientToken), cancellationToken);

    public Task SendAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        CallAsync("DeadLetter", () => sandbox.Cloud.Refused.Add(letter), cancellationToken);

    public Task<string?> GetAsync(string name, CancellationToken cancellationToken) => CallAsync<string?>("GetParameter", () => Settings, cancellationToken);

    private Task CallAsync(string operation, Action effect, CancellationToken cancellationToken) => CallAsync(
        operation,
        () =>
        {
            effect();
            return true;
        },
        cancellationToken);

    private Task<T> CallAsync<T>(string operation, Func<T> effect, CancellationToken cancellationToken) => sandbox.CallAsync(
        operation, () => Task.FromResult(effect()), () => FakeConnect.Throttled(operation), () => FakeConnect.Throttled(operation), cancellationToken);
}
