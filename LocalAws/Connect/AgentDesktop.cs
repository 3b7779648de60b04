using LocalAws.Connect.Attachments;
using LocalAws.Endpoint;

namespace LocalAws.Connect;

/// <summary>The agents' side of the chats: a fake desktop that sees every chat and may answer and end it. Safe for use by many threads.</summary>
public sealed class AgentDesktop
{
    private readonly ChatDirectory _directory;
    private readonly AttachmentStore _attachments;
    private readonly ConnectCounters _counters;

    internal AgentDesktop(ChatDirectory directory, AttachmentStore attachments, ConnectCounters counters)
    {
        _directory = directory;
        _attachments = attachments;
        _counters = counters;
    }

    /// <summary>Raised after each message or event, in the order of the chat; handlers must be quick.</summary>
    public event Action<TranscriptItem>? TranscriptItemAdded;

    /// <summary>Raised after a chat has started or ended; handlers must be quick.</summary>
    public event Action<ContactSummary>? ContactChanged;

    /// <summary>Through this the events are raised.</summary>
    internal Observers Observers { get; set; } = new();

    /// <summary>All chats, the ended ones too, oldest first.</summary>
    public IReadOnlyList<ContactSummary> Contacts => [.. _directory.Chats.Select(c => c.Summary)];

    /// <summary>What agents were told in the header of their workspace, oldest first: the newest 1,000.</summary>
    public IReadOnlyList<AgentNotification> AgentNotifications => Notifications.All;

    internal NotificationBoard Notifications { get; } = new();

    /// <summary>What was said and happened in a chat, oldest first.</summary>
    /// <param name="contactId">The chat.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c> (404).</exception>
    public IReadOnlyList<TranscriptItem> Transcript(string contactId) => Find(contactId).Transcript;

    /// <summary>Sends an agent's message; the first one lets the agent join the chat.</summary>
    /// <param name="contactId">The chat.</param>
    /// <param name="content">The text, not empty.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="displayName">The agent's name; it stays as it was on joining.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c> (404), or <c>InvalidRequestException</c>: the chat has ended.</exception>
    public TranscriptItem SendMessage(string contactId, string content, string contentType = ContentTypes.Text, string displayName = "Agent")
    {
        ArgumentException.ThrowIfNullOrEmpty(content);
        TranscriptItem item = Find(contactId).AddFromAgent(displayName, contentType, content) ?? throw Ended(contactId);
        Interlocked.Increment(ref _counters.MessagesOut);
        return item;
    }

    /// <summary>Tells that an agent types, as a desktop does every ten seconds or so.</summary>
    /// <param name="contactId">The chat.</param>
    /// <param name="displayName">The agent's name; it stays as it was on joining.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c> (404), or <c>InvalidRequestException</c>: the chat has ended.</exception>
    public TranscriptItem Type(string contactId, string displayName = "Agent") =>
        Find(contactId).AddEventFromAgent(displayName, ContentTypes.Typing) ?? throw Ended(contactId);

    /// <summary>Sends an agent's file; like a first message, a first file lets the agent join the chat.</summary>
    /// <param name="contactId">The chat.</param>
    /// <param name="name">The file's name; its extension must be one that Connect supports.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="content">Its bytes, 20 MB at the most (an option).</param>
    /// <param name="displayName">The agent's name; it stays as it was on joining.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c> (404); <c>InvalidRequestException</c>: the chat has ended; <c>ValidationException</c>: size or type; <c>AccessDeniedException</c>: the instance takes none.</exception>
    public void SendAttachment(string contactId, string name, string contentType, ReadOnlyMemory<byte> content, string displayName = "Agent")
    {
        _directory.CheckAttachments(Find(contactId).Request.InstanceId);
        if (!_attachments.AddFromAgent(Find(contactId), displayName, name, contentType, content))
        {
            throw Ended(contactId);
        }
    }

    /// <summary>The content of a file that a transcript shows; null when there is none of that id.</summary>
    /// <param name="attachmentId">From <see cref="TranscriptItem.Attachments"/>.</param>
    public ReadOnlyMemory<byte>? ReadAttachment(string attachmentId) => _attachments.Read(attachmentId);

    /// <summary>Ends a chat.</summary>
    /// <param name="contactId">The chat.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c> (404), or <c>InvalidRequestException</c>: the chat has ended.</exception>
    public void EndChat(string contactId)
    {
        if (!Find(contactId).TryEnd(ContactEndReason.AgentEnded))
        {
            throw Ended(contactId);
        }
    }

    internal void Raise(TranscriptItem item) => Observers.Tell(TranscriptItemAdded, observer => observer(item));

    internal void Raise(ContactSummary contact) => Observers.Tell(ContactChanged, observer => observer(contact));

    private Chat Find(string contactId) => _directory.Find(contactId) ?? throw ConnectError.NotFound($"there is no contact {contactId}");

    private static AwsException Ended(string contactId) => ConnectError.InvalidRequest($"Contact {contactId} has ended.");
}
