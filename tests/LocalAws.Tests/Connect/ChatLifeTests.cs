using LocalAws.Connect;
using LocalAws.Endpoint;
using static LocalAws.Tests.Connect.ConnectFixture;

namespace LocalAws.Tests.Connect;

public sealed class ChatLifeTests : IDisposable
{
    private readonly ConnectFixture _fixture = new(new ConnectOptions { RememberedContacts = 1 });

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_chat_ends_when_its_customer_is_not_connected_within_five_minutes()
    {
        StartedChat chat = _fixture.Connect.StartChatContact(Request());
        _fixture.Participant.CreateParticipantConnection(chat.ParticipantToken, withCredentials: true, connectParticipant: false);

        _fixture.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(ContactState.Created, State(chat));

        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((ContactState.Ended, ContactEndReason.NeverConnected), (State(chat), Assert.Single(_fixture.Agents.Contacts).EndReason));
    }

    [Fact]
    public void A_connected_chat_lasts_as_long_as_was_asked()
    {
        (StartedChat chat, _) = _fixture.StartConnected(Request() with { ChatDurationInMinutes = 60 });

        _fixture.Time.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(1));
        Assert.Equal(ContactState.Connected, State(chat));

        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ContactEndReason.Expired, Assert.Single(_fixture.Agents.Contacts).EndReason);
    }

    [Fact]
    public void A_chat_lasts_25_hours_when_nothing_was_asked()
    {
        (StartedChat chat, _) = _fixture.StartConnected();

        _fixture.Time.Advance(TimeSpan.FromHours(25) - TimeSpan.FromSeconds(1));
        Assert.Equal(ContactState.Connected, State(chat));

        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ContactState.Ended, State(chat));
    }

    [Fact]
    public void Stopping_ends_a_chat_once()
    {
        (StartedChat chat, _) = _fixture.StartConnected();

        _fixture.Connect.StopContact(Instance, chat.ContactId);

        AwsException again = Refused(() => _fixture.Connect.StopContact(Instance, chat.ContactId));
        Assert.Equal(("ContactNotFoundException", 410), (again.Code, again.StatusCode));
        Assert.Equal("ContactNotFoundException", Refused(() => _fixture.Connect.StopContact(Instance, "none")).Code);
        Assert.Equal("ResourceNotFoundException", Refused(() => _fixture.Connect.StopContact("none", chat.ContactId)).Code);
    }

    [Fact]
    public void An_agents_end_shows_in_the_transcript()
    {
        (StartedChat chat, _) = _fixture.StartConnected();
        _fixture.Agents.SendMessage(chat.ContactId, "Bye");

        _fixture.Agents.EndChat(chat.ContactId);

        Assert.Equal(
            ["participant.joined", "participant.joined", "text/plain", "participant.left", "chat.ended"],
            _fixture.Agents.Transcript(chat.ContactId).Select(i => i.ContentType.Replace("application/vnd.amazonaws.connect.event.", "", StringComparison.Ordinal)));
        Assert.Equal("InvalidRequestException", Refused(() => _fixture.Agents.EndChat(chat.ContactId)).Code);
        Assert.Equal("InvalidRequestException", Refused(() => _fixture.Agents.SendMessage(chat.ContactId, "m")).Code);
        Assert.Equal("ResourceNotFoundException", Refused(() => _fixture.Agents.SendMessage("none", "m")).Code);
    }

    [Fact]
    public void The_desktop_tells_of_chats_and_items_as_they_come()
    {
        List<string> told = [];
        _fixture.Agents.ContactChanged += contact => told.Add($"{contact.State}");
        _fixture.Agents.TranscriptItemAdded += item => told.Add(item.Content ?? item.ContentType.Split('.')[^1]);

        (StartedChat chat, string token) = _fixture.StartConnected(Request() with { InitialMessage = new InitialMessage("text/plain", "Hello") });
        _fixture.Participant.SendMessage(token, "text/plain", "I need help");
        _fixture.Connect.StopContact(Instance, chat.ContactId);

        Assert.Equal(["Created", "Hello", "joined", "I need help", "ended", "Ended"], told);
    }

    [Fact]
    public void A_handler_that_throws_does_not_stop_the_chat()
    {
        (StartedChat chat, string token) = _fixture.StartConnected();
        List<string?> told = [];
        _fixture.Agents.TranscriptItemAdded += item =>
        {
            told.Add(item.Content);
            throw new InvalidOperationException("broken view");
        };

        _fixture.Participant.SendMessage(token, "text/plain", "one");
        _fixture.Participant.SendMessage(token, "text/plain", "two");

        Assert.Equal(["one", "two"], told);
        Assert.Equal(3, _fixture.Agents.Transcript(chat.ContactId).Count);
    }

    [Fact]
    public void Ended_chats_are_remembered_up_to_a_number()
    {
        (StartedChat first, _) = _fixture.StartConnected();
        (StartedChat second, _) = _fixture.StartConnected();
        _fixture.Connect.StopContact(Instance, first.ContactId);
        _fixture.Connect.StopContact(Instance, second.ContactId);

        Assert.Equal(second.ContactId, Assert.Single(_fixture.Agents.Contacts).Id);
        Assert.Equal("ResourceNotFoundException", Refused(() => _fixture.Agents.Transcript(first.ContactId)).Code);
    }

    private ContactState State(StartedChat chat) => _fixture.Agents.Contacts.Single(c => c.Id == chat.ContactId).State;
}
