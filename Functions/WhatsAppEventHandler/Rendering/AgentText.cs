using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>
/// What an agent reads for a WhatsApp message: a text as it is, anything else as readable text with whatever the agent needs to answer it.
/// Shapes: Meta's webhook reference, "messages".
/// </summary>
internal static class AgentText
{
    /// <summary>The messages that are to be shown.</summary>
    public static IEnumerable<JsonElement> Shown(IEnumerable<JsonElement> messages, bool ignoreReactions, bool ignoreStickers) =>
        messages.Where(message => !(Type(message) == "reaction" && ignoreReactions) && !(Type(message) == "sticker" && ignoreStickers));

    /// <summary>The whole text of one message: what it refers to, what it says, what WhatsApp found wrong with it.</summary>
    public static string Render(JsonElement message) =>
        Lines([.. ContextLines.Of(message), Body(message), .. Errors(message)]);

    /// <summary>The lines that have something in them.</summary>
    public static string Lines(params IEnumerable<string?> lines) => string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)));

    private static string Type(JsonElement message) => message.Words("type") ?? "message";

    private static string Body(JsonElement message)
    {
        string type = Type(message);
        if (message.Member(type) is not { } content)
        {
            return type == "unsupported" ? "[Unsupported message]" : Unknown(type, message);
        }

        return type switch
        {
            "text" => content.Words("body") is { } body && !string.IsNullOrWhiteSpace(body) ? body : "[Empty message]",
            "image" => MediaText.Render("Image", content),
            "video" => MediaText.Render("Video", content),
            "audio" => MediaText.Render(content.IsTrue("voice") ? "Voice message" : "Audio", content),
            "document" => MediaText.Render("Document", content),
            "sticker" => MediaText.Render(content.IsTrue("animated") ? "Animated sticker" : "Sticker", content),
            "location" => LocationText.Render(content),
            "contacts" => ContactText.Render(message.Items("contacts")),
            "order" => OrderText.Render(content),
            "interactive" => ReplyText.Interactive(content),
            "button" => ReplyText.Button(content),
            "reaction" => ReplyText.Reaction(content),
            "system" => content.Words("body") ?? $"[System: {content.Words("type") ?? "no details"}]",
            "unsupported" => $"[Unsupported message: {content.Words("type") ?? "kind unknown"}]",
            "edit" => Lines($"[Edited message {content.Words("original_message_id")}]", content.Member("message") is { } edited ? Body(edited) : null),
            "revoke" => $"[Deleted message {content.Words("original_message_id")}]",
            _ => Unknown(type, content),
        };
    }

    /// <summary>For what this version does not know: nothing the customer sent is kept from the agent.</summary>
    public static string Unknown(string type, JsonElement content) => $"[{type}] {CompactJson.Of(content)}";

    private static IEnumerable<string> Errors(JsonElement message) =>
        from error in message.Items("errors")
        let texts = new[] { error.Words("code"), error.Words("title"), error.Member("error_data") is { } data ? data.Words("details") : error.Words("message") }
        select $"[WhatsApp error {string.Join(": ", texts.Where(text => text is not null))}]";
}
