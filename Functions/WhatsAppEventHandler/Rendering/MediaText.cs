using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler.Media;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Files: what it is, what it is called, and what the customer wrote below it.</summary>
internal static class MediaText
{
    public static string Render(string kind, JsonElement media) => AgentText.Lines(Note.Of(kind, NameOf(media)), media.Readable("caption"));

    /// <summary>A document without a name says at least what it is made of.</summary>
    public static string Document(JsonElement media, Texts texts) => AgentText.Lines(
        Note.Of(texts.Document, NameOf(media) ?? media.Readable("mime_type")), media.Readable("caption"));

    /// <summary>The line of a message's file alone: what it is and what it is called.</summary>
    public static string Line(JsonElement message, Texts texts) => Note.Of(KindOf(message, texts), NameIn(message));

    /// <summary>The same, with the reason why it is not there itself.</summary>
    public static string InWords(JsonElement message, FileWords why, Texts texts) => Note.Of($"{KindOf(message, texts)} – {ReasonFor(why, texts)}", NameIn(message));

    /// <summary>What an attachment does not show: what the message is about, what the customer wrote below it, what WhatsApp found wrong with it. May be empty.</summary>
    public static string Beside(JsonElement message, Texts texts) => AgentText.Lines(
        [.. ContextLines.Of(message, texts), MediaIn(message).Readable("caption"), .. ServiceText.Errors(message, texts)]);

    /// <summary>What a message's file is.</summary>
    public static string KindOf(JsonElement message, Texts texts) => message.Words("type") switch
    {
        "image" => texts.Image,
        "video" => texts.Video,
        "audio" => MediaIn(message).IsTrue("voice") ? texts.VoiceMessage : texts.Audio,
        _ => texts.Document,
    };

    private static string ReasonFor(FileWords why, Texts texts) => why switch
    {
        FileWords.Follows => texts.FileFollows,
        FileWords.Gone => texts.FileGone,
        FileWords.NotFetched => texts.FileNotFetched,
        FileWords.TooMany => texts.TooManyFiles,
        _ => texts.FileNotAttached,
    };

    private static string? NameIn(JsonElement message) => NameOf(MediaIn(message));

    private static JsonElement MediaIn(JsonElement message) => message.Member(message.Words("type") ?? "") ?? default;

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
