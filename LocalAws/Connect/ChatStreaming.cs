using System.Text.Json;
using LocalAws.Connect.Attachments;
using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Connect;

/// <summary>Writes an item of a chat as Connect publishes it to a topic. Source: Connect administrator guide, "SNS payload" of chat message streaming.</summary>
internal static class ChatStreaming
{
    public static DeliveryMessage Message(AwsAccount account, string instanceId, TranscriptItem item) => new(Body(item))
    {
        Attributes = Attributes(account, instanceId, item).ToDictionary(a => a.Name, a => new DeliveryAttribute("String", a.Value)),
    };

    private static IEnumerable<(string Name, string Value)> Attributes(AwsAccount account, string instanceId, TranscriptItem item)
    {
        yield return ("InitialContactId", item.ContactId);
        yield return ("ContactId", item.ContactId);
        yield return ("InstanceId", instanceId);
        yield return ("AccountId", account.Id);
        yield return ("Type", item.Type);
        yield return ("ContentType", item.ContentType);
        yield return ("MessageVisibility", "ALL");
        if (item.Participant is not null)
        {
            yield return ("ParticipantRole", item.Participant.Role);
        }
    }

    private static string Body(TranscriptItem item) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("AbsoluteTime", item.AbsoluteTime);
        if (item.Content is not null)
        {
            json.WriteString("Content", item.Content);
        }

        if (item.Attachments is [var attachment])
        {
            Write(json, attachment);
        }
        else
        {
            json.WriteString("ContentType", item.ContentType);
        }

        json.WriteString("Id", item.Id);
        json.WriteString("Type", item.Type);
        if (item.Participant is { } participant)
        {
            json.WriteString("ParticipantId", participant.Id);
            json.WriteString("DisplayName", participant.DisplayName);
            json.WriteString("ParticipantRole", participant.Role);
        }

        json.WriteString("InitialContactId", item.ContactId);

        // Reported of AWS: joining and ending carry the initial contact only.
        if (item.ContentType is not (ContentTypes.Joined or ContentTypes.ChatEnded))
        {
            json.WriteString("ContactId", item.ContactId);
        }

        json.WriteEndObject();
    });

    /// <summary>In the form in which ChatJS shows an item with a file (its documentation, "Handling File Attachments in Chat"): the item itself has no content type.</summary>
    private static void Write(Utf8JsonWriter json, ChatAttachment attachment)
    {
        json.WriteStartArray("Attachments");
        json.WriteStartObject();
        json.WriteString("ContentType", attachment.ContentType);
        json.WriteString("AttachmentId", attachment.Id);
        json.WriteString("AttachmentName", attachment.Name);
        json.WriteString("Status", attachment.Status);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
