using System.Globalization;
using System.Text.Json;
using Amazon.ConnectParticipant;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Queues;

namespace WhatsAppBuffer.ConnectEventHandler.Chats;

/// <summary>Something that happened in a chat, as Amazon Connect streams it to a topic.</summary>
/// <param name="ContactId">The contact that the chat began as: a transfer makes another, and this one stays.</param>
/// <param name="Id">Connect's id of it.</param>
/// <param name="Time">Connect's time of it.</param>
/// <remarks>Source: Amazon Connect administrator guide, "SNS payload" of chat message streaming.</remarks>
internal abstract record ChatEvent(string ContactId, string Id, DateTimeOffset Time)
{
    private const string ChatEnded = "application/vnd.amazonaws.connect.event.chat.ended";
    private const string Typing = "application/vnd.amazonaws.connect.event.typing";
    private static readonly string[] Texts = ["text/plain", "text/markdown"];

    /// <summary>Reads a message of the topic.</summary>
    /// <returns>Null for what concerns no customer: what customers wrote themselves, what only agents see, who comes and goes.</returns>
    /// <exception cref="InvalidDataException">It is no event of a chat; the message says what is missing.</exception>
    public static ChatEvent? Read(Notification notification)
    {
        JsonElement json = Parse(notification.Message);
        string contactId = json.Text("InitialContactId") ?? json.Text("ContactId") ?? throw new InvalidDataException("InitialContactId is missing.");
        string type = json.Text("Type") ?? throw new InvalidDataException("Type is missing.");
        string contentType = json.Text("ContentType") ?? "";
        if (type == "EVENT" && contentType == ChatEnded)
        {
            return new ChatEnd(contactId, json.Text("Id") ?? "", TimeOf(json));
        }

        return !IsForCustomer(json, notification) ? null : type switch
        {
            "MESSAGE" when Texts.Contains(contentType) && json.Text("Content") is { Length: > 0 } text => new ChatText(contactId, IdOf(json), TimeOf(json), text, contentType == "text/markdown")
            {
                WriterContactId = json.Text("ContactId") ?? contactId,
                InstanceId = notification.Attributes.GetValueOrDefault("InstanceId"),
            },
            "MESSAGE" => new Unsendable(contactId, IdOf(json), TimeOf(json), contentType),
            "ATTACHMENT" => ReadFile(json, contactId, notification),
            "EVENT" when contentType == Typing => new ChatTyping(contactId, json.Text("Id") ?? "", TimeOf(json)),
            _ => null,
        };
    }

    /// <summary>A file that is being scanned comes again when the scan has ended.</summary>
    private static ChatEvent? ReadFile(JsonElement json, string contactId, Notification notification)
    {
        JsonElement attachment = json.Items("Attachments").FirstOrDefault();
        return attachment.Text("Status") switch
        {
            var status when status == ArtifactStatus.IN_PROGRESS => null,
            var status when status is null || status == ArtifactStatus.APPROVED => new AttachedFile(
                contactId,
                IdOf(json),
                TimeOf(json),
                attachment.Text("AttachmentId") is { Length: > 0 and <= 256 } id ? id : throw new InvalidDataException("Attachments has no AttachmentId."),
                attachment.Text("AttachmentName") is { Length: > 0 and <= 256 } name ? name : "file",
                attachment.Text("ContentType") is { Length: <= 255 } contentType ? contentType : "")
            {
                WriterContactId = json.Text("ContactId") ?? contactId,
                InstanceId = notification.Attributes.GetValueOrDefault("InstanceId"),
            },
            var status => new Unsendable(contactId, IdOf(json), TimeOf(json), $"attachment, {(status!.Length <= 50 ? status : "of an unknown status")}"),
        };
    }

    /// <summary>The customer's own words come back, and must not go out as an answer.</summary>
    private static bool IsForCustomer(JsonElement json, Notification notification) =>
        json.Text("ParticipantRole") is not (null or "CUSTOMER") && notification.Attributes.GetValueOrDefault("MessageVisibility") is null or "ALL" or "CUSTOMER";

    private static string IdOf(JsonElement json) => json.Text("Id") is { Length: > 0 and <= 256 } id ? id : throw new InvalidDataException("Id is missing.");

    private static DateTimeOffset TimeOf(JsonElement json) =>
        DateTimeOffset.TryParse(json.Text("AbsoluteTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new InvalidDataException("AbsoluteTime is missing, or no time.");

    private static JsonElement Parse(string? json)
    {
        try
        {
            JsonElement element = ForeignJson.Element(json ?? throw new InvalidDataException("The notification has no message."));
            return element.ValueKind == JsonValueKind.Object ? element : throw new InvalidDataException($"The message is not a JSON object but {element.ValueKind}.");
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"The message is not JSON: {unreadable.Message}", unreadable);
        }
    }
}

/// <summary>Something of an agent's, a bot's or the system's for the customer.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="Id">Connect's id.</param>
/// <param name="Time">Connect's time.</param>
internal abstract record ChatMessage(string ContactId, string Id, DateTimeOffset Time) : ChatEvent(ContactId, Id, Time)
{
    /// <summary>The contact that whoever wrote it has: a transfer makes another.</summary>
    public required string WriterContactId { get; init; }

    /// <summary>The instance; null when the event does not say.</summary>
    public string? InstanceId { get; init; }
}

/// <summary>Words.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="Id">Connect's id.</param>
/// <param name="Time">Connect's time.</param>
/// <param name="Content">The text.</param>
/// <param name="IsMarkdown">Whether it is formatted.</param>
internal sealed record ChatText(string ContactId, string Id, DateTimeOffset Time, string Content, bool IsMarkdown) : ChatMessage(ContactId, Id, Time);

/// <summary>A file.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="Id">Connect's id.</param>
/// <param name="Time">Connect's time.</param>
/// <param name="AttachmentId">Connect's id of the file.</param>
/// <param name="Name">What it is called, 1–256 characters.</param>
/// <param name="ContentType">Its type; empty when it is not told.</param>
internal sealed record AttachedFile(string ContactId, string Id, DateTimeOffset Time, string AttachmentId, string Name, string ContentType) : ChatMessage(ContactId, Id, Time);

/// <summary>The chat is over.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="Id">Connect's id.</param>
/// <param name="Time">Connect's time.</param>
internal sealed record ChatEnd(string ContactId, string Id, DateTimeOffset Time) : ChatEvent(ContactId, Id, Time);

/// <summary>Somebody writes who is not the customer.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="Id">Connect's id.</param>
/// <param name="Time">Connect's time.</param>
internal sealed record ChatTyping(string ContactId, string Id, DateTimeOffset Time) : ChatEvent(ContactId, Id, Time);

/// <summary>Something for the customer that this function cannot send.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="Id">Connect's id.</param>
/// <param name="Time">Connect's time.</param>
/// <param name="Kind">What it is.</param>
internal sealed record Unsendable(string ContactId, string Id, DateTimeOffset Time, string Kind) : ChatEvent(ContactId, Id, Time);
