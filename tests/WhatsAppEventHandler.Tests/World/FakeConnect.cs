using WhatsAppBuffer.WhatsAppEventHandler.Connect;

namespace WhatsAppEventHandler.Tests.World;

/// <summary>Amazon Connect as far as the handler uses it: client tokens, tokens that expire, chats that end.</summary>
internal sealed class FakeConnect(TimeProvider clock)
{
    private int _tokens;
    private int _attachments;

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

    /// <summary>
    /// Announces a file. Each time it is another: how long Connect knows a client token is not documented, and nothing may rest on it.
    /// </summary>
    public UploadTarget StartAttachment(string connectionToken, AttachmentStart start)
    {
        ThrowIfFailing("StartAttachmentUpload", start.Name);
        FakeContact contact = Find(connectionToken, "StartAttachmentUpload");
        string id = $"attachment-{++_attachments}";
        contact.Attachments[id] = new FakeAttachment(start.Name, start.Size);
        return new UploadTarget(id, new Uri($"https://s3.invalid/{id}"), new Dictionary<string, string>());
    }

    /// <summary>S3 has its bytes.</summary>
    public void Upload(string attachmentId, byte[] content)
    {
        FakeAttachment attachment = Contacts.Select(contact => contact.Attachments.GetValueOrDefault(attachmentId)).OfType<FakeAttachment>().Single();
        ThrowIfFailing(AmazonConnect.PutAttachment, attachment.Name);
        attachment.IsUploaded = content.Length == attachment.Size;
    }

    /// <summary>Shows the file in the chat, once.</summary>
    /// <returns>False when it was shown before: <c>ConflictException</c>.</returns>
    public bool CompleteAttachment(string connectionToken, string attachmentId)
    {
        FakeContact contact = Find(connectionToken, "CompleteAttachmentUpload");
        FakeAttachment attachment = contact.Attachments.GetValueOrDefault(attachmentId) ?? throw Refused("CompleteAttachmentUpload");
        ThrowIfFailing("CompleteAttachmentUpload", attachment.Name);
        if (!attachment.IsUploaded)
        {
            throw Refused("CompleteAttachmentUpload");
        }

        if (!attachment.IsShown)
        {
            attachment.IsShown = true;
            contact.Texts.Add(attachment.Name);
            return true;
        }

        return false;
    }

    private FakeContact Find(string connectionToken, string operation) =>
        Contacts.Find(contact => contact.ConnectionTokens.Contains(connectionToken)) is { Ended: false } contact ? contact : throw Denied(operation);

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

    /// <summary>What the agent sees, in order: texts, and the names of files.</summary>
    public List<string> Texts { get; } = [];

    public Dictionary<string, FakeAttachment> Attachments { get; } = [];

    public List<string> Topics { get; } = [];

    public bool Joined { get; set; }

    public bool Ended { get; set; }
}

internal sealed class FakeAttachment(string name, long size)
{
    public string Name => name;

    public long Size => size;

    public bool IsUploaded { get; set; }

    public bool IsShown { get; set; }
}
