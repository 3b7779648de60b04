using System.Text.Json;

namespace LocalAws.SocialMessaging;

/// <summary>A message in the form of Meta's Cloud API, checked.</summary>
/// <remarks>Source: Meta, WhatsApp Cloud API, "Messages", "Mark messages as read", "Typing indicators".</remarks>
internal sealed record WhatsAppMessage(string? To, string Type, string? About, string? Text)
{
    private const string Callback = "biz_opaque_callback_data";
    private const int MaxTextLength = 4096;

    private static readonly string[] Members =
        ["messaging_product", "recipient_type", "to", "recipient", "type", "context", Callback, "status", "message_id", "typing_indicator"];

    /// <summary>What statuses bring back; else null.</summary>
    public string? CallbackData { get; private init; }

    private static readonly string[] Types =
        ["text", "reaction", "image", "audio", "video", "document", "sticker", "location", "contacts", "interactive", "template"];

    /// <exception cref="Endpoint.AwsException"><c>InvalidParametersException</c>: not JSON, or not a message that Meta takes.</exception>
    public static WhatsAppMessage Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = ForeignJson.Document(json);
            JsonElement message = document.RootElement;
            return TextOf(message, "messaging_product") != "whatsapp"
                ? throw SocialMessagingError.InvalidParameters("messaging_product must be \"whatsapp\".")
                : TextOf(message, "status") is { } status ? ReadReceipt(message, status) : ToCustomer(message);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw SocialMessagingError.InvalidParameters("The message must be a JSON object in the form of Meta's Cloud API.");
        }
    }

    private static WhatsAppMessage ReadReceipt(JsonElement message, string status)
    {
        RefuseOthers(message, null);
        if (status != "read")
        {
            throw SocialMessagingError.InvalidParameters($"status must be \"read\", not \"{status}\".");
        }

        if (message.TryGetProperty("typing_indicator", out JsonElement typing) && TextOf(typing, "type") != "text")
        {
            throw SocialMessagingError.InvalidParameters("typing_indicator.type must be \"text\".");
        }

        return new WhatsAppMessage(null, "read", Required(message, "message_id"), null);
    }

    private static WhatsAppMessage ToCustomer(JsonElement message)
    {
        string to = TextOf(message, "to") ?? TextOf(message, "recipient") ?? throw SocialMessagingError.InvalidParameters("to or recipient is required.");
        string type = Required(message, "type");
        if (!Types.Contains(type))
        {
            throw SocialMessagingError.InvalidParameters($"type must be one of {string.Join(", ", Types)}, not \"{type}\".");
        }

        RefuseOthers(message, type);
        if (!message.TryGetProperty(type, out JsonElement content))
        {
            throw SocialMessagingError.InvalidParameters($"{type} is required in a message of that type.");
        }

        string? about = type == "reaction" ? Required(content, "message_id", "reaction.message_id") : RepliedTo(message);
        return new WhatsAppMessage(to, type, about, TextOf(type, content)) { CallbackData = TextOf(message, Callback) };
    }

    private static string? TextOf(string type, JsonElement content)
    {
        switch (type)
        {
            case "text":
                string body = Required(content, "body", "text.body");
                return body.Length <= MaxTextLength ? body : throw SocialMessagingError.InvalidParameters($"text.body can have at most {MaxTextLength} characters.");
            case "reaction":
                return TextOf(content, "emoji") ?? throw SocialMessagingError.InvalidParameters("reaction.emoji is required; an empty one takes the reaction back.");
            case "image" or "audio" or "video" or "document" or "sticker":
                _ = TextOf(content, "id") ?? TextOf(content, "link") ?? throw SocialMessagingError.InvalidParameters($"{type}.id or {type}.link is required.");
                return TextOf(content, "caption");
            default:
                return null;
        }
    }

    private static string? RepliedTo(JsonElement message) => message.TryGetProperty("context", out JsonElement context) ? Required(context, "message_id", "context.message_id") : null;

    private static void RefuseOthers(JsonElement message, string? type)
    {
        foreach (JsonProperty member in message.EnumerateObject())
        {
            if (member.Name != type && !Members.Contains(member.Name))
            {
                throw SocialMessagingError.InvalidParameters($"This local cloud does not know the member '{member.Name}' of a message: leave it out.");
            }
        }
    }

    private static string Required(JsonElement element, string name, string? path = null) =>
        TextOf(element, name) is { Length: > 0 } text ? text : throw SocialMessagingError.InvalidParameters($"{path ?? name} is required.");

    private static string? TextOf(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
