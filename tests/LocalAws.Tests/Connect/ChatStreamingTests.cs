using System.Text.Json;
using LocalAws.Connect;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using static LocalAws.Tests.Connect.ConnectFixture;

namespace LocalAws.Tests.Connect;

public sealed class ChatStreamingTests : IDisposable
{
    private readonly ConnectFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void An_agents_message_is_published_in_the_form_of_Connect()
    {
        (StartedChat chat, _) = _fixture.StartConnected();
        Stream(chat);

        _fixture.Agents.SendMessage(chat.ContactId, "Hi Kike 👀");

        (string topic, DeliveryMessage message) = _fixture.Sns.Received[^1];
        using JsonDocument body = JsonDocument.Parse(message.Body);
        Assert.Equal(Topic, topic);
        Assert.Equal(
            ["AbsoluteTime", "ContactId", "Content", "ContentType", "DisplayName", "Id", "InitialContactId", "ParticipantId", "ParticipantRole", "Type"],
            body.RootElement.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ("2026-11-22T18:25:00.123Z", "Hi Kike 👀", "AGENT", chat.ContactId),
            (Text(body, "AbsoluteTime"), Text(body, "Content"), Text(body, "ParticipantRole"), Text(body, "InitialContactId")));
        Assert.Equal(
            new Dictionary<string, DeliveryAttribute>
            {
                ["InitialContactId"] = new("String", chat.ContactId),
                ["ContactId"] = new("String", chat.ContactId),
                ["InstanceId"] = new("String", Instance),
                ["AccountId"] = new("String", "123456789012"),
                ["Type"] = new("String", "MESSAGE"),
                ["ContentType"] = new("String", "text/plain"),
                ["MessageVisibility"] = new("String", "ALL"),
                ["ParticipantRole"] = new("String", "AGENT"),
            },
            message.Attributes);
    }

    [Fact]
    public void Customer_agent_and_events_are_published_in_the_order_of_the_chat()
    {
        (StartedChat chat, string token) = _fixture.StartConnected();
        Stream(chat);

        _fixture.Participant.SendMessage(token, "text/plain", "Hello");
        _fixture.Participant.SendEvent(token, "application/vnd.amazonaws.connect.event.typing");
        _fixture.Agents.SendMessage(chat.ContactId, "Hi");
        _fixture.Agents.EndChat(chat.ContactId);

        Assert.Equal(
            ["CUSTOMER Hello", "CUSTOMER typing", "AGENT joined", "AGENT Hi", "AGENT left", " ended"],
            _fixture.Sns.Received.Select(r => $"{r.Message.Attributes.GetValueOrDefault("ParticipantRole")?.Value} {ContentOrEvent(r.Message)}"));
    }

    [Fact]
    public void Joining_and_ending_carry_the_initial_contact_only()
    {
        (StartedChat chat, _) = _fixture.StartConnected();
        Stream(chat);
        _fixture.Connect.StopContact(Instance, chat.ContactId);

        using JsonDocument body = JsonDocument.Parse(Assert.Single(_fixture.Sns.Received).Message.Body);

        Assert.Equal(chat.ContactId, Text(body, "InitialContactId"));
        Assert.False(body.RootElement.TryGetProperty("ContactId", out _));
    }

    [Fact]
    public void What_was_said_before_streaming_began_or_after_it_stopped_is_not_published()
    {
        (StartedChat chat, string token) = _fixture.StartConnected();
        _fixture.Participant.SendMessage(token, "text/plain", "before");
        string streamingId = Stream(chat);
        _fixture.Participant.SendMessage(token, "text/plain", "between");
        _fixture.Connect.StopContactStreaming(Instance, chat.ContactId, streamingId);
        _fixture.Participant.SendMessage(token, "text/plain", "after");

        Assert.Contains("between", Assert.Single(_fixture.Sns.Bodies), StringComparison.Ordinal);
        Assert.Equal("ResourceNotFoundException", Refused(() => _fixture.Connect.StopContactStreaming(Instance, chat.ContactId, streamingId)).Code);
    }

    [Fact]
    public void A_repeated_client_token_is_one_stream()
    {
        (StartedChat chat, string token) = _fixture.StartConnected();

        Assert.Equal(Stream(chat), Stream(chat));
        _fixture.Participant.SendMessage(token, "text/plain", "m");

        Assert.Single(_fixture.Sns.Received);
    }

    [Fact]
    public void A_topic_that_refuses_does_not_disturb_the_chat()
    {
        (StartedChat chat, string token) = _fixture.StartConnected();
        Stream(chat);
        _fixture.Sns.Fails = _ => new AwsException("NotFound", "Topic does not exist", 404);

        _fixture.Participant.SendMessage(token, "text/plain", "m");

        Assert.Equal(1, _fixture.Connect.Statistics.StreamingFailures);
    }

    [Theory]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:q", "t", "InvalidParameterException")]
    [InlineData("arn:aws:sns:us-east-1:123456789012:t.fifo", "t", "InvalidParameterException")]
    [InlineData("", "t", "InvalidParameterException")]
    public void A_target_that_is_not_a_standard_topic_is_refused(string arn, string token, string code)
    {
        (StartedChat chat, _) = _fixture.StartConnected();

        Assert.Equal(code, Refused(() => _fixture.Connect.StartContactStreaming(Instance, chat.ContactId, arn, token)).Code);
    }

    [Fact]
    public void Streaming_needs_a_chat_that_exists_and_has_not_ended()
    {
        (StartedChat chat, _) = _fixture.StartConnected();
        _fixture.Connect.StopContact(Instance, chat.ContactId);

        Assert.Equal("InvalidRequestException", Refused(() => Stream(chat)).Code);
        Assert.Equal("ResourceNotFoundException", Refused(() => _fixture.Connect.StartContactStreaming(Instance, "none", Topic, "t")).Code);
        Assert.Equal("ResourceNotFoundException", Refused(() => _fixture.Connect.StartContactStreaming("none", chat.ContactId, Topic, "t")).Code);
    }

    private string Stream(StartedChat chat) => _fixture.Connect.StartContactStreaming(Instance, chat.ContactId, Topic, "t");

    private static string? Text(JsonDocument body, string name) => body.RootElement.GetProperty(name).GetString();

    private static string ContentOrEvent(DeliveryMessage message)
    {
        using JsonDocument body = JsonDocument.Parse(message.Body);
        return body.RootElement.TryGetProperty("Content", out JsonElement content) ? content.GetString()! : message.Attributes["ContentType"].Value.Split('.')[^1];
    }
}
