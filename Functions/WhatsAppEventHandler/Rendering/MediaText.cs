using System.Text.Json;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Files: what it is, what it is called, and what the customer wrote below it.</summary>
internal static class MediaText
{
    public static string Render(string kind, JsonElement media) => AgentText.Lines(Note.Of(kind, NameOf(media)), media.Readable("caption"));

    /// <summary>A document without a name says at least what it is made of.</summary>
    public static string Document(JsonElement media, Texts texts) => AgentText.Lines(
        Note.Of(texts.Document, NameOf(media) ?? media.Readable("mime_type")), media.Readable("caption"));

    /// <summary>A file inside something else.</summary>
    public static string File(JsonElement media, Texts texts) => media.Readable("mime_type")?.Split('/')[0] switch
    {
        "image" => Render(texts.Image, media),
        "video" => Render(texts.Video, media),
        "audio" => Render(texts.Audio, media),
        _ => Document(media, texts),
    };

    private static string? NameOf(JsonElement media) => media.Readable("filename") ?? media.Readable("file_name");
}
