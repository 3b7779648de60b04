using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Files that were sent together: how many they are, then a line for each.</summary>
internal static class AlbumText
{
    /// <param name="files">Two or more.</param>
    /// <param name="texts">In the agent's language.</param>
    public static string Render(IReadOnlyList<JsonElement> files, Texts texts)
    {
        string[] rendered = [.. files.Select(file => AgentText.Render(file, texts))];
        string count = Note.Of($"{files.Count} {KindOf(files, texts)}");
        return rendered.Distinct().Count() == 1 && SaysNoMoreThanItsKind(rendered[0]) ? count : AgentText.Lines([count, .. rendered.Select(Line)]);
    }

    private static bool SaysNoMoreThanItsKind(string file) => !file.Contains('\n') && !file.Contains(':');

    /// <summary>The caption stands behind the file; further lines are indented, so that they look like no file of their own.</summary>
    private static string Line(string file)
    {
        string[] lines = file.Split('\n');
        return string.Join("\n  ", [string.Join(' ', lines.Take(2)), .. lines.Skip(2)]);
    }

    private static string KindOf(IEnumerable<JsonElement> files, Texts texts) => (files.Select(file => file.Words("type")).Distinct().ToArray() is [var only] ? only : null) switch
    {
        "image" => texts.Images,
        "video" => texts.Videos,
        "audio" => texts.Recordings,
        "document" => texts.Documents,
        "sticker" => texts.Stickers,
        _ => texts.Files,
    };
}
