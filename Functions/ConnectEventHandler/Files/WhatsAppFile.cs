using System.Collections.Frozen;

namespace WhatsAppBuffer.ConnectEventHandler.Files;

/// <summary>What a file of an agent's becomes in WhatsApp. Source: AWS End User Messaging Social user guide, "Supported media file types"; Meta, "Media", for sizes.</summary>
/// <param name="Type">Meta's type of message: <c>image</c>, <c>video</c>, <c>audio</c> or <c>document</c>.</param>
/// <param name="ContentType">What it is uploaded as.</param>
/// <param name="MaxBytes">The largest that WhatsApp takes.</param>
internal sealed record WhatsAppFile(string Type, string ContentType, long MaxBytes)
{
    private const int Megabyte = 1024 * 1024;

    private static readonly FrozenDictionary<string, WhatsAppFile> ByType = new WhatsAppFile[]
    {
        new("image", "image/jpeg", 5 * Megabyte),
        new("image", "image/png", 5 * Megabyte),
        new("video", "video/mp4", 16 * Megabyte),
        new("video", "video/3gpp", 16 * Megabyte),
        new("audio", "audio/aac", 16 * Megabyte),
        new("audio", "audio/amr", 16 * Megabyte),
        new("audio", "audio/mpeg", 16 * Megabyte),
        new("audio", "audio/mp4", 16 * Megabyte),
        new("audio", "audio/ogg", 16 * Megabyte),
        Document("text/plain"),
        Document("application/pdf"),
        Document("application/msword"),
        Document("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        Document("application/vnd.ms-excel"),
        Document("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Document("application/vnd.ms-powerpoint"),
        Document("application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    }.ToFrozenDictionary(file => file.ContentType, StringComparer.OrdinalIgnoreCase);

    /// <summary>What Connect may call otherwise, or not at all: by the end of its name.</summary>
    private static readonly FrozenDictionary<string, string> TypeOfExtension = new Dictionary<string, string>
    {
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".jfif"] = "image/jpeg",
        [".png"] = "image/png",
        [".mp4"] = "video/mp4",
        [".txt"] = "text/plain",
        // WhatsApp knows no other type for it, and the name keeps its end.
        [".csv"] = "text/plain",
        [".pdf"] = "application/pdf",
        [".doc"] = "application/msword",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xls"] = "application/vnd.ms-excel",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".ppt"] = "application/vnd.ms-powerpoint",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a file becomes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="contentType">Connect's type of it; may be empty.</param>
    /// <returns>Null when WhatsApp takes no such file.</returns>
    public static WhatsAppFile? Of(string name, string contentType) =>
        ByType.GetValueOrDefault(contentType.Split(';')[0].Trim())
        ?? (TypeOfExtension.TryGetValue(Path.GetExtension(name), out string? type) ? ByType[type] : null);

    private static WhatsAppFile Document(string contentType) => new("document", contentType, 100 * Megabyte);
}
