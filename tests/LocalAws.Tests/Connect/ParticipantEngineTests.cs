using LocalAws.Connect;
using LocalAws.ConnectParticipant;
using LocalAws.Endpoint;
using static LocalAws.Tests.Connect.ConnectFixture;

namespace LocalAws.Tests.Connect;

public sealed class ParticipantEngineTests : IDisposable
{
    private const string Typing = "application/vnd.amazonaws.connect.event.typing";
    private const string Read = "application/vnd.amazonaws.connect.event.message.read";

    private readonly ConnectFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_customers_message_reaches_the_agent()
    {
        (StartedChat chat, string token) = _fixture.StartConnected();

        TranscriptItem sent = _fixture.Participant.SendMessage(token, "text/plain", "Hello\nI need help");

        Assert.Equal(sent, _fixture.Agents.Transcript(chat.ContactId)[^1]);
        Assert.Equal(1, _fixture.Connect.Statistics.MessagesIn);
    }

    [Fact]
    public void A_repeated_client_token_answers_the_same_item_and_adds_nothing()
    {
        (StartedChat chat, string token) = _fixture.StartConnected();
        TranscriptItem first = _fixture.Participant.SendMessage(token, "text/plain", "Hello", "t");
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(first, _fixture.Participant.SendMessage(token, "text/plain", "Hello", "t"));

        Assert.Single(_fixture.Agents.Transcript(chat.ContactId), i => i.Type == "MESSAGE");
        Assert.Equal((1, 1), (_fixture.Connect.Statistics.MessagesIn, _fixture.Connect.Statistics.RepeatsAnswered));
    }

    [Fact]
    public void A_client_token_holds_across_connections_of_one_chat_and_not_across_chats()
    {
        (StartedChat chat, string token) = _fixture.StartConnected();
        string second = _fixture.Participant.CreateParticipantConnection(chat.ParticipantToken, true, true)!.Value.Token;
        (_, string otherChat) = _fixture.StartConnected();

        TranscriptItem item = _fixture.Participant.SendMessage(token, "text/plain", "Hello", "t");

        Assert.Equal(item, _fixture.Participant.SendMessage(second, "text/plain", "Hello", "t"));
        Assert.NotEqual(item, _fixture.Participant.SendMessage(otherChat, "text/plain", "Hello", "t"));
    }

    [Fact]
    public void Tokens_that_are_wrong_or_mixed_up_are_denied()
    {
        (StartedChat chat, string token) = _fixture.StartConnected();

        AssertDenied(() => _fixture.Participant.SendMessage(chat.ParticipantToken, "text/plain", "m"));
        AssertDenied(() => _fixture.Participant.CreateParticipantConnection(token, true, true));
        AssertDenied(() => _fixture.Participant.SendEvent("", Typing));
        AssertDenied(() => _fixture.Participant.GetTranscript("nonsense", new TranscriptQuery()));
    }

    [Fact]
    public void A_connection_token_lives_for_a_day_and_the_participant_token_brings_a_new_one()
    {
        (StartedChat chat, string token) = _fixture.StartConnected(Request() with { ChatDurationInMinutes = 10_080 });
        _fixture.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        _fixture.Participant.SendMessage(token, "text/plain", "in time");

        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        AssertDenied(() => _fixture.Participant.SendMessage(token, "text/plain", "too late"));
        (string renewed, DateTimeOffset expiry) = _fixture.Participant.CreateParticipantConnection(chat.ParticipantToken, true, true)!.Value;
        Assert.Equal(_fixture.Time.GetUtcNow().AddDays(1), expiry);
        _fixture.Participant.SendMessage(renewed, "text/plain", "again");
    }

    [Fact]
    public void An_ended_chat_denies_everything()
    {
        (StartedChat chat, string token) = _fixture.StartConnected();
        _fixture.Agents.EndChat(chat.ContactId);

        AssertDenied(() => _fixture.Participant.SendMessage(token, "text/plain", "m"));
        AssertDenied(() => _fixture.Participant.SendEvent(token, Typing));
        AssertDenied(() => _fixture.Participant.DisconnectParticipant(token));
        AssertDenied(() => _fixture.Participant.CreateParticipantConnection(chat.ParticipantToken, true, true));
    }

    [Fact]
    public void A_connection_must_be_asked_for_something()
    {
        StartedChat chat = _fixture.Connect.StartChatContact(Request());

        Assert.Equal("ValidationException", Refused(() => _fixture.Participant.CreateParticipantConnection(chat.ParticipantToken, false, false)).Code);
        Assert.Null(_fixture.Participant.CreateParticipantConnection(chat.ParticipantToken, withCredentials: false, connectParticipant: true));
        Assert.Equal(ContactState.Connected, Assert.Single(_fixture.Agents.Contacts).State);
    }

    [Theory]
    [InlineData("text/plain", 1024)]
    [InlineData("text/markdown", 1024)]
    [InlineData("application/json", 12_000)]
    [InlineData("application/vnd.amazonaws.connect.message.interactive.response", 12_288)]
    public void Each_content_type_has_its_own_longest_content(string contentType, int maximum)
    {
        (_, string token) = _fixture.StartConnected(Request() with { SupportedMessagingContentTypes = ["text/plain", contentType] });

        _fixture.Participant.SendMessage(token, contentType, new string('x', maximum));

        Assert.Equal("ValidationException", Refused(() => _fixture.Participant.SendMessage(token, contentType, new string('x', maximum + 1))).Code);
    }

    [Fact]
    public void The_longest_text_is_an_option()
    {
        using var fixture = new ConnectFixture(new ConnectOptions { MaximumTextLength = 16_384 });
        (_, string token) = fixture.StartConnected();

        fixture.Participant.SendMessage(token, "text/plain", new string('x', 16_384));
    }

    [Theory]
    [InlineData("text/plain", "", null)]
    [InlineData("text/html", "m", null)]
    [InlineData("text/markdown", "m", null)]
    [InlineData("text/plain", "m", 501)]
    public void A_message_out_of_limits_is_refused(string contentType, string content, int? tokenLength)
    {
        (_, string token) = _fixture.StartConnected();
        string? clientToken = tokenLength is { } length ? new string('t', length) : null;

        Assert.Equal("ValidationException", Refused(() => _fixture.Participant.SendMessage(token, contentType, content, clientToken)).Code);
    }

    [Fact]
    public void Events_are_not_kept_in_the_transcript()
    {
        (StartedChat chat, string token) = _fixture.StartConnected();
        TranscriptItem reply = _fixture.Agents.SendMessage(chat.ContactId, "Hi");
        int before = _fixture.Agents.Transcript(chat.ContactId).Count;

        _fixture.Participant.SendEvent(token, Typing);
        _fixture.Participant.SendEvent(token, Read, $$"""{"messageId": "{{reply.Id}}"}""");

        Assert.Equal(before, _fixture.Agents.Transcript(chat.ContactId).Count);
    }

    [Theory]
    [InlineData("application/vnd.amazonaws.connect.event.connection.acknowledged", null)]
    [InlineData(Read, null)]
    [InlineData(Read, "{")]
    [InlineData(Read, "{\"messageId\": \"none\"}")]
    public void An_event_that_AWS_does_not_take_is_refused(string contentType, string? content)
    {
        (_, string token) = _fixture.StartConnected();

        Assert.Equal("ValidationException", Refused(() => _fixture.Participant.SendEvent(token, contentType, content)).Code);
    }

    [Fact]
    public void A_customer_who_leaves_ends_the_chat()
    {
        (StartedChat chat, string token) = _fixture.StartConnected();

        _fixture.Participant.DisconnectParticipant(token);

        ContactSummary contact = Assert.Single(_fixture.Agents.Contacts);
        Assert.Equal((ContactState.Ended, ContactEndReason.CustomerDisconnected), (contact.State, contact.EndReason));
        Assert.Equal(2, _fixture.Agents.Transcript(chat.ContactId).Count(i => i.ContentType.EndsWith(".left", StringComparison.Ordinal) || i.ContentType.EndsWith(".ended", StringComparison.Ordinal)));
    }

    private static void AssertDenied(Action action)
    {
        AwsException error = Refused(action);
        Assert.Equal(("AccessDeniedException", "Access denied", 403), (error.Code, error.Message, error.StatusCode));
    }
}
