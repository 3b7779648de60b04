using System.Collections.Frozen;
using System.Text.Json;
using NodaTime;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

namespace WhatsAppBuffer.WhatsAppEventHandler.Media;

/// <summary>A file of a customer's, as it is to be attached to the chat.</summary>
/// <param name="Prefix">
/// What its key in the bucket begins with, ending with a slash: computed from the conversation and the message, so that whoever looks for it finds what others have fetched.
/// </param>
/// <param name="MediaId">WhatsApp's id of it; null when the message has none that can be used.</param>
/// <param name="OriginationNumber">The business number that may fetch it; null when it is not known.</param>
/// <param name="Name">What the agent sees it called: 1–256 characters, with an extension wherever its type has one.</param>
/// <param name="ContentType">Its type, without parameters.</param>
internal sealed record CustomerFile(string Prefix, string? MediaId, string? OriginationNumber, string Name, string ContentType)
{
    private const string VoiceNote = "audio/ogg";

    /// <summary>Whether it is Ogg, as WhatsApp's voice notes are, and becomes what <see cref="Name"/> and <see cref="ContentType"/> say.</summary>
    public bool IsVoiceNote { get; private init; }

    /// <summary>Connect takes 256 characters; what a phone calls a file may be longer than anybody reads.</summary>
    private const int LongestName = 120;
    private const int LongestExtension = 10;
    private const int LongestMediaId = 100;
    private const string Unknown = "application/octet-stream";

    /// <summary>Of the types that WhatsApp takes and that Connect may: the extension decides there.</summary>
    private static readonly FrozenDictionary<string, string> Extensions = new Dictionary<string, string>
    {
        ["image/jpeg"] = ".jpg",
        ["image/png"] = ".png",
        ["image/heic"] = ".heic",
        ["video/mp4"] = ".mp4",
        ["video/quicktime"] = ".mov",
        ["video/3gpp"] = ".3gp",
        ["audio/aac"] = ".aac",
        ["audio/amr"] = ".amr",
        ["audio/mpeg"] = ".mp3",
        ["audio/mp4"] = ".m4a",
        ["audio/wav"] = ".wav",
        ["application/pdf"] = ".pdf",
        ["application/rtf"] = ".rtf",
        ["application/msword"] = ".doc",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = ".docx",
        ["application/vnd.ms-excel"] = ".xls",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = ".xlsx",
        ["application/vnd.ms-powerpoint"] = ".ppt",
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = ".pptx",
        ["text/plain"] = ".txt",
        ["text/csv"] = ".csv",
    }.ToFrozenDictionary();

    /// <summary>The file of a message.</summary>
    /// <param name="message">A message.</param>
    /// <param name="conversation">Whose it is.</param>
    /// <param name="originationNumber">The business number.</param>
    /// <param name="texts">In the agent's language.</param>
    /// <returns>Null for a message without one, and for a sticker: no browser of an agent's is promised to show WebP, and Connect takes none.</returns>
    public static CustomerFile? Of(JsonElement message, string conversation, string? originationNumber, Texts texts)
    {
        if (message.Words("type") is not ("image" or "video" or "audio" or "document") || message.Member(message.Words("type")!) is not { } media)
        {
            return null;
        }

        string type = media.Words("mime_type")?.Split(';')[0].Trim().ToLowerInvariant() is { Length: > 0 and <= 255 } told && told.All(IsOfMimeType) ? told : Unknown;
        string? mediaId = media.Text("id") is { Length: > 0 and <= LongestMediaId } id && id.All(char.IsAsciiLetterOrDigit) ? id : null;
        string key = Idempotency.Token("file", conversation, message.Text("id") ?? mediaId ?? message.GetRawText());
        bool isVoiceNote = type == VoiceNote;
        string attached = isVoiceNote ? "audio/wav" : type;
        return type == "image/webp" ? null : new CustomerFile($"media/{key}/", mediaId, originationNumber, NameOf(message, media, attached, isVoiceNote, texts), attached) { IsVoiceNote = isVoiceNote };
    }

    private static bool IsOfMimeType(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '+' or '.' or '_';

    private static string NameOf(JsonElement message, JsonElement media, string type, bool isConverted, Texts texts)
    {
        string extension = Extensions.GetValueOrDefault(type, "");
        if (media.Readable("filename") is { } filename)
        {
            string name = string.Concat(VisibleText.Brief(filename, int.MaxValue).Split(['/', '\\', '"', ':', '*', '?', '<', '>', '|'])).Trim();
            string own = Path.GetExtension(name);
            if (own.Length is <= 1 or > LongestExtension || !own.Skip(1).All(char.IsAsciiLetterOrDigit))
            {
                own = "";
            }

            string stem = name[..^own.Length].Trim(' ', '.');
            if (VisibleText.IsVisible(stem))
            {
                return VisibleText.Cut(stem, LongestName, VisibleText.Ellipsis) + (own.Length > 0 && !isConverted ? own : extension);
            }
        }

        string kind = MediaText.KindOf(message, texts);
        return Aggregate.TimestampOf(message) is { } seconds
            ? $"{kind} {Instant.FromUnixTimeSeconds(seconds).InZone(texts.Zone).LocalDateTime:HH-mm}{extension}"
            : kind + extension;
    }
}
