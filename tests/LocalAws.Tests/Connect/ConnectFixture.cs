using LocalAws.Tests.Delivery;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Connect;
using LocalAws.ConnectParticipant;
using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Tests.Connect;

/// <summary>A contact centre with one instance and one flow on a fake clock.</summary>
internal sealed class ConnectFixture : IDisposable
{
    public const string Instance = "i-1";
    public const string Flow = "f-1";
    public const string Topic = "arn:aws:sns:us-east-1:123456789012:whatsapp_out";

    public ConnectFixture(ConnectOptions? options = null)
    {
        var router = new DeliveryRouter();
        router.Add(Sns);
        Connect = new ConnectEngine(new AwsAccount(), router, Time, options);
        Connect.AddInstance(Instance, Flow);
        Participant = new ParticipantEngine(Connect);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 18, 25, 0, 123, TimeSpan.Zero));

    public RecordingTarget Sns { get; } = new("arn:aws:sns:");

    public ConnectEngine Connect { get; }

    public ParticipantEngine Participant { get; }

    public AgentDesktop Agents => Connect.AgentDesktop;

    public static ChatRequest Request(string? clientToken = null) => new(Instance, Flow, "Kike") { ClientToken = clientToken };

    /// <summary>Starts a chat and connects its customer.</summary>
    public (StartedChat Chat, string ConnectionToken) StartConnected(ChatRequest? request = null)
    {
        StartedChat chat = Connect.StartChatContact(request ?? Request());
        return (chat, Participant.CreateParticipantConnection(chat.ParticipantToken, withCredentials: true, connectParticipant: true)!.Value.Token);
    }

    public static AwsException Refused(Action action) => Assert.Throws<AwsException>(action);

    public void Dispose() => Connect.Dispose();
}
