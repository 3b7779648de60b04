using WhatsAppBuffer.WhatsAppEventHandler.Connect;

namespace WhatsAppEventHandler.Tests.World;

/// <summary>Amazon Connect as far as the handler uses it: client tokens, tokens that expire, chats that end.</summary>
internal sealed class FakeConnect(TimeProvider clock)
{
    private int _tokens;

    public List<FakeContact> Contacts { get; } = [];

    /// <summary>Contact ids in the order in which streaming and joining happened.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Whatever was sent successfully, chat after chat.</summary>
    public IEnumerable<string> Seen => Contacts.SelectMany(contact => contact.Texts);

    public FakeContact Single => Assert.Single(Contacts);

    /// <summary>Lets calls of an operation fail: (operation, text or token) → failure.</summary>
    public Func<string, string, ConnectException?> Fail { get; set; } = (_, _) => null;

    public OpenedChat Start(ChatStart start)
    {
        ThrowIfFailing("StartChatContact", start.ClientToken);
        FakeContact? contact = Contacts.Find(known => known.Start.ClientToken == start.ClientToken);
        if (contact is null)
        {
            Contacts.Add(contact = new FakeContact($"contact-{Contacts.Count + 1}", start, clock.GetUtcNow()));
        }

        return new OpenedChat(contact.Id, contact.ParticipantToken);
    }

    public void Stream(string contactId, string topicArn)
    {
        ThrowIfFailing("StartContactStreaming", topicArn);
        FakeContact contact = Contacts.First(contact => contact.Id == contactId);
        if (contact.Ended)
        {
            throw new ConnectException(ConnectFailure.Misconfigured, "StartContactStreaming", "ResourceNotFoundException", "Contact not found");
        }

        contact.Topics.Add(topicArn);
        Calls.Add($"stream {contactId}");
    }

    public string Join(string participantToken)
    {
        ThrowIfFailing("CreateParticipantConnection", participantToken);
        FakeContact? contact = Contacts.Find(contact => contact.ParticipantToken == participantToken);
        // CreateParticipantConnection: a participant who has not joined within five minutes ends the chat.
        if (contact is { Joined: false } && clock.GetUtcNow() - contact.StartedAt > TimeSpan.FromMinutes(5))
        {
            contact.Ended = true;
        }

        if (contact is null or { Ended: true })
        {
            throw Denied("CreateParticipantConnection");
        }

        contact.Joined = true;
        string token = $"connection-{++_tokens}";
        contact.ConnectionTokens.Add(token);
        Calls.Add($"join {contact.Id}");
        return token;
    }

    public void Send(string connectionToken, string text, string clientToken)
    {
        ThrowIfFailing("SendMessage", text);
        if (Contacts.Find(contact => contact.ConnectionTokens.Contains(connectionToken)) is not { Ended: false } contact)
        {
            throw Denied("SendMessage");
        }

        if (contact.ClientTokens.Add(clientToken))
        {
            contact.Texts.Add(text);
        }
    }

    public static ConnectException Denied(string operation) => new(ConnectFailure.Denied, operation, "AccessDeniedException", "Access denied");

    public static ConnectException Throttled(string operation) => new(ConnectFailure.Transient, operation, "ThrottlingException", "Rate exceeded");

    public static ConnectException Refused(string operation) => new(ConnectFailure.Refused, operation, "ValidationException", "refused");

    private void ThrowIfFailing(string operation, string detail)
    {
        if (Fail(operation, detail) is { } failure)
        {
            throw failure;
        }
    }
}

internal sealed class FakeContact(string id, ChatStart start, DateTimeOffset startedAt)
{
    public string Id => id;

    public ChatStart Start => start;

    public DateTimeOffset StartedAt => startedAt;

    public string ParticipantToken => $"participant-of-{id}";

    public HashSet<string> ConnectionTokens { get; } = [];

    public HashSet<string> ClientTokens { get; } = [];

    public List<string> Texts { get; } = [];

    public List<string> Topics { get; } = [];

    public bool Joined { get; set; }

    public bool Ended { get; set; }
}
