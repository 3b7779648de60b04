using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Files: what it is, what it is called, and the id under which WhatsApp keeps it.</summary>
internal static class MediaText
{
    public static string Render(string kind, JsonElement media)
    {
        string name = media.Words("filename") is { } filename ? $" \"{filename}\"" : "";
        string[] details = [.. new[] { media.Words("mime_type"), media.Words("id") is { } id ? $"media id {id}" : null }.OfType<string>()];
        string suffix = details.Length == 0 ? "" : $": {string.Join(", ", details)}";
        return AgentText.Lines($"[{kind}{name}{suffix}]", media.Words("caption"));
    }
}
