using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>What a message refers to, by its first words: no agent can look an id up.</summary>
internal static class ReferenceText
{
    private const int MostWords = 80;

    /// <summary>What <c>refers_to</c> of <c>on_raw_messages</c> tells; null when it tells nothing.</summary>
    public static string? Of(JsonElement message, Texts texts) => message.Member("refers_to") is not { } found || found.Text("type") is not { } type ? null
        : found.Readable("text") is { } words && VisibleText.Brief(words, MostWords) is var quoted && VisibleText.IsVisible(quoted) ? $"\"{quoted.Replace('"', '\'').Trim()}\""
        : KindOf(type, texts);

    private static string KindOf(string type, Texts texts) => type switch
    {
        "image" => texts.AnImage,
        "video" => texts.AVideo,
        "audio" => texts.ARecording,
        "document" => texts.ADocument,
        "sticker" => texts.ASticker,
        "location" => texts.ALocation,
        "contacts" => texts.AContact,
        "order" => texts.AnOrder,
        _ => texts.AMessage,
    };
}
