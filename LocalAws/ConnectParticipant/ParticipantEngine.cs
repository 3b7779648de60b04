using System.Text.Json;
using LocalAws.Connect;
using LocalAws.Connect.Attachments;
using LocalAws.Endpoint;

namespace LocalAws.ConnectParticipant;

/// <summary>The customer's side of the chats. Safe for use by many threads.</summary>
/// <remarks>
/// A connection is opened with the participant token; all else takes the connection token. Every wrong, mixed-up or expired token, and any
/// token of an ended chat, is <c>AccessDeniedException</c> (403).
/// </remarks>
/// <param name="connect">The chats.</param>
public sealed class ParticipantEngine(ConnectEngine connect)
{
    private const int MaxClientToken = 500;
    private const int MaxPage = 100;

    /// <summary>Opens a connection: mints a connection token and, if asked, marks the customer as connected.</summary>
    /// <param name="participantToken">From StartChatContact.</param>
    /// <param name="withCredentials">Whether a connection token is wanted.</param>
    /// <param name="connectParticipant">Whether the customer counts as connected from now on; without it the chat ends after five minutes.</param>
    /// <returns>The token and its expiry, or null when none was wanted.</returns>
    /// <exception cref="AwsException"><c>AccessDeniedException</c> (403), <c>ValidationException</c> or <c>ThrottlingException</c> (429).</exception>
    public (string Token, DateTimeOffset Expiry)? CreateParticipantConnection(string participantToken, bool withCredentials, bool connectParticipant)
    {
        Chat chat = connect.Directory.FindByParticipantToken(participantToken) ?? throw ParticipantError.AccessDenied();
        TakeQuota("CreateParticipantConnection", chat);
        if (!withCredentials && !connectParticipant)
        {
            throw ParticipantError.Validation("Type or ConnectParticipant must say what the connection is for.");
        }

        if (connectParticipant && !chat.TryConnect())
        {
            throw ParticipantError.AccessDenied();
        }

        if (!withCredentials)
        {
            return null;
        }

        (string Token, DateTimeOffset Expiry) credentials = chat.IssueConnectionToken() ?? throw ParticipantError.AccessDenied();
        connect.Directory.AddConnectionToken(credentials.Token, chat);
        return credentials;
    }

    /// <summary>Sends a customer's message; a repeated client token answers the first one's item and adds nothing.</summary>
    /// <param name="connectionToken">From <see cref="CreateParticipantConnection"/>.</param>
    /// <param name="contentType">One that the chat supports.</param>
    /// <param name="content">1 to 1,024 UTF-16 units of text (an option), 12,000 of JSON, 12,288 of an interactive response.</param>
    /// <param name="clientToken">At most 500 characters, or null.</param>
    /// <exception cref="AwsException"><c>AccessDeniedException</c> (403), <c>ValidationException</c> or <c>ThrottlingException</c> (429).</exception>
    public TranscriptItem SendMessage(string connectionToken, string contentType, string content, string? clientToken = null)
    {
        Chat chat = Authorize("SendMessage", connectionToken);
        ParticipantError.Check.OneOf(
            contentType, "contentType", ContentTypes.Text, ContentTypes.Markdown, ContentTypes.Json, ContentTypes.InteractiveResponse);
        if (contentType != ContentTypes.Text && chat.Request.SupportedMessagingContentTypes?.Contains(contentType) != true)
        {
            throw ParticipantError.Validation($"The chat does not support {contentType}: it was started without it in SupportedMessagingContentTypes.");
        }

        ParticipantError.Check.Required(content, "content", 1, ContentTypes.MaximumLength(contentType, connect.Options));
        ParticipantError.Check.Optional(clientToken, "clientToken", 0, MaxClientToken);
        (TranscriptItem item, bool isNew) = chat.AddFromCustomer("MESSAGE", contentType, content, clientToken) ?? throw ParticipantError.AccessDenied();
        Interlocked.Increment(ref isNew ? ref connect.Counters.MessagesIn : ref connect.Counters.RepeatsAnswered);
        return item;
    }

    /// <summary>Sends a customer's event: typing, or a receipt for a message.</summary>
    /// <param name="connectionToken">From <see cref="CreateParticipantConnection"/>.</param>
    /// <param name="contentType">The event for typing, message.delivered or message.read.</param>
    /// <param name="content">For receipts <c>{"messageId": "…"}</c>, the id of a message of this chat; else null.</param>
    /// <param name="clientToken">At most 500 characters, or null.</param>
    /// <exception cref="AwsException"><c>AccessDeniedException</c> (403), <c>ValidationException</c> or <c>ThrottlingException</c> (429).</exception>
    public TranscriptItem SendEvent(string connectionToken, string contentType, string? content = null, string? clientToken = null)
    {
        Chat chat = Authorize("SendEvent", connectionToken);
        ParticipantError.Check.OneOf(contentType, "contentType", ContentTypes.Typing, ContentTypes.Delivered, ContentTypes.Read);
        ParticipantError.Check.Optional(clientToken, "clientToken", 0, MaxClientToken);
        if (contentType != ContentTypes.Typing && !chat.Transcript.Any(item => item.Id == MessageIdOf(content)))
        {
            throw ParticipantError.Validation("The content of a receipt must be {\"messageId\": \"…\"} with the id of a message of this chat.");
        }

        return (chat.AddFromCustomer("EVENT", contentType, content, clientToken) ?? throw ParticipantError.AccessDenied()).Item;
    }

    /// <summary>Announces a file, and answers where to upload it; a repeated client token answers the same attachment.</summary>
    /// <param name="connectionToken">From <see cref="CreateParticipantConnection"/>.</param>
    /// <param name="name">The file's name, 1 to 256 characters; its extension must be one that Connect supports.</param>
    /// <param name="contentType">Its type, 1 to 255 characters.</param>
    /// <param name="sizeInBytes">Its size, 1 byte to 20 MB (an option).</param>
    /// <param name="clientToken">1 to 500 characters.</param>
    /// <exception cref="AwsException"><c>AccessDeniedException</c> (403), <c>ValidationException</c>, <c>ServiceQuotaExceededException</c> (402) or <c>ThrottlingException</c> (429).</exception>
    public AttachmentUpload StartAttachmentUpload(string connectionToken, string name, string contentType, long sizeInBytes, string clientToken)
    {
        Chat chat = Authorize("StartAttachmentUpload", connectionToken);
        ParticipantError.Check.Required(clientToken, "clientToken", 1, MaxClientToken);
        connect.Directory.CheckAttachments(chat.Request.InstanceId);
        return connect.Attachments.Start(chat, name, contentType, sizeInBytes, clientToken);
    }

    /// <summary>Puts an uploaded file into the chat; a repeated client token changes nothing.</summary>
    /// <param name="connectionToken">From <see cref="CreateParticipantConnection"/>.</param>
    /// <param name="attachmentIds">Exactly one id, from <see cref="StartAttachmentUpload"/>.</param>
    /// <param name="clientToken">1 to 500 characters.</param>
    /// <exception cref="AwsException">
    /// <c>AccessDeniedException</c> (403), <c>ValidationException</c>, <c>ThrottlingException</c> (429), or <c>ConflictException</c> (409): it was completed before.
    /// </exception>
    public void CompleteAttachmentUpload(string connectionToken, IReadOnlyList<string> attachmentIds, string clientToken)
    {
        Chat chat = Authorize("CompleteAttachmentUpload", connectionToken);
        ParticipantError.Check.Range(attachmentIds.Count, "attachmentIds", 1, 1, "have length");
        ParticipantError.Check.Required(clientToken, "clientToken", 1, MaxClientToken);
        if (!connect.Attachments.Complete(chat, attachmentIds[0], clientToken))
        {
            throw ParticipantError.AccessDenied();
        }
    }

    /// <summary>Answers where an approved file of the chat, the customer's or the agent's, can be downloaded.</summary>
    /// <param name="connectionToken">From <see cref="CreateParticipantConnection"/>.</param>
    /// <param name="attachmentId">The attachment.</param>
    /// <param name="urlExpiryInSeconds">How long the URL holds, 5 to 300 seconds; 300 when null (AWS does not say).</param>
    /// <exception cref="AwsException"><c>AccessDeniedException</c> (403), <c>ValidationException</c> or <c>ThrottlingException</c> (429).</exception>
    public AttachmentDownload GetAttachment(string connectionToken, string attachmentId, int? urlExpiryInSeconds = null) =>
        connect.Attachments.Get(Authorize("GetAttachment", connectionToken), attachmentId, urlExpiryInSeconds);

    /// <summary>Reads a page of the transcript.</summary>
    /// <param name="connectionToken">From <see cref="CreateParticipantConnection"/>.</param>
    /// <param name="query">Which page.</param>
    /// <exception cref="AwsException"><c>AccessDeniedException</c> (403), <c>ValidationException</c> or <c>ThrottlingException</c> (429).</exception>
    public TranscriptPage GetTranscript(string connectionToken, TranscriptQuery query)
    {
        Chat chat = Authorize("GetTranscript", connectionToken);
        ParticipantError.Check.Range(query.MaxResults, "maxResults", 0, MaxPage);
        if (query.ContactId is not null && query.ContactId != chat.Id)
        {
            throw ParticipantError.Validation($"Contact {query.ContactId} does not belong to this chat.");
        }

        return TranscriptPage.Of(chat.Id, chat.Transcript, query);
    }

    /// <summary>Lets the customer leave, which ends the chat.</summary>
    /// <param name="connectionToken">From <see cref="CreateParticipantConnection"/>.</param>
    /// <exception cref="AwsException"><c>AccessDeniedException</c> (403) or <c>ThrottlingException</c> (429).</exception>
    public void DisconnectParticipant(string connectionToken)
    {
        if (!Authorize("DisconnectParticipant", connectionToken).TryEnd(ContactEndReason.CustomerDisconnected))
        {
            throw ParticipantError.AccessDenied();
        }
    }

    private Chat Authorize(string operation, string connectionToken)
    {
        if (connect.Directory.FindByConnectionToken(connectionToken) is not { } chat || !chat.Admits(connectionToken))
        {
            throw ParticipantError.AccessDenied();
        }

        TakeQuota(operation, chat);
        return chat;
    }

    private void TakeQuota(string operation, Chat chat)
    {
        if (!connect.TryTakeQuota(operation, chat.Request.InstanceId))
        {
            throw ParticipantError.Throttled();
        }
    }

    private static string? MessageIdOf(string? content)
    {
        try
        {
            using JsonDocument document = ForeignJson.Document(content ?? "{}");
            return document.RootElement.TryGetProperty("messageId", out JsonElement id) ? id.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
