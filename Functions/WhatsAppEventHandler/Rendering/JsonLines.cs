using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>How much of a JSON is shown.</summary>
/// <param name="Most">The greatest length of all lines.</param>
/// <param name="LongestValue">The greatest length of one value.</param>
/// <param name="Hides">Whether members of a name are of no use to an agent.</param>
internal sealed record JsonView(int Most, int LongestValue, Func<string, bool> Hides)
{
    /// <summary>What a customer filled in: as long as the longest text that WhatsApp takes.</summary>
    public static JsonView Answers { get; } = new(4_096, 4_096, name => name is "flow_token" or "saved_address_id" || IsHash(name));

    /// <summary>What this version does not know: the texts in it, and never more than one message of the chat.</summary>
    public static JsonView Unknown { get; } = new(500, 200, name => name is
        "id" or "type" or "from" or "from_phone_number" or "timestamp" or "context" or "refers_to" or "errors" or "referral" or "token"
        || name.EndsWith("_id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_token", StringComparison.OrdinalIgnoreCase) || IsHash(name));

    private static bool IsHash(string name) =>
        name.EndsWith("sha256", StringComparison.OrdinalIgnoreCase) || name.EndsWith("hash", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Any JSON as a person reads it: a line for each value, <c>name: value</c>, where the names of what it lies in are joined with dots.</summary>
internal static class JsonLines
{
    private const int Deepest = 8;
    private const int LongestName = 80;
    private const int ShortestData = 40;

    public static string Of(JsonElement json, JsonView view, Texts texts) => Join(Read(json, view, texts), view);

    /// <summary>The lines, as many as the view has room for.</summary>
    public static string Join(IEnumerable<JsonLine> lines, JsonView view)
    {
        List<string> shown = [];
        int room = view.Most;
        foreach (JsonLine line in lines)
        {
            string text = VisibleText.Cut(line.ToString(), view.LongestValue + LongestName, VisibleText.Ellipsis);
            room -= text.Length + 1;
            if (room < 0)
            {
                shown.Add(VisibleText.Ellipsis);
                break;
            }

            shown.Add(text);
        }

        return AgentText.Lines(shown);
    }

    public static IEnumerable<JsonLine> Read(JsonElement json, JsonView view, Texts texts) => Read("", json, 0, view, texts);

    private static IEnumerable<JsonLine> Read(string name, JsonElement json, int depth, JsonView view, Texts texts)
    {
        if (ValueOf(json, view, texts) is { } value)
        {
            return [new JsonLine(name, value)];
        }

        if (json.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            return [];
        }

        if (depth == Deepest)
        {
            return [new JsonLine(name, VisibleText.Ellipsis)];
        }

        return from member in Members(json)
               where !view.Hides(member.Name)
               let path = VisibleText.Cut(name.Length == 0 ? member.Name : $"{name}.{member.Name}", LongestName, VisibleText.Ellipsis)
               from line in Read(path, member.Value, depth + 1, view, texts)
               select line;
    }

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement json) => json.ValueKind == JsonValueKind.Object
        ? json.Members().Select(member => (VisibleText.Brief(member.Name, LongestName), member.Value))
        : json.EnumerateArray().Select((item, index) => ($"{index + 1}", item));

    /// <summary>What has room on one line: a value, a file, a list of such; null when it is something else, or there is nothing to see in it.</summary>
    private static string? ValueOf(JsonElement json, JsonView view, Texts texts) => json.ValueKind switch
    {
        JsonValueKind.True => texts.Yes,
        JsonValueKind.False => texts.No,
        JsonValueKind.String or JsonValueKind.Number => json.Words() is { } words && VisibleText.IsVisible(words) ? Shown(words, view) : null,
        JsonValueKind.Object when json.Readable("mime_type") is not null || json.Readable("file_name") is not null => MediaText.File(json, texts),
        JsonValueKind.Array when json.EnumerateArray().Select(item => ValueOf(item, view, texts)).ToArray() is { Length: > 0 } items && !items.Contains(null) => string.Join(", ", items),
        _ => null,
    };

    /// <summary>An id of WhatsApp's says nothing, and neither do keys, hashes and files that are written as letters.</summary>
    private static string? Shown(string words, JsonView view) =>
        words.StartsWith("wamid.", StringComparison.Ordinal) ? null
        : IsData(words) ? VisibleText.Ellipsis
        : VisibleText.Cut(words, view.LongestValue, VisibleText.Ellipsis);

    private static bool IsData(string words) =>
        words.Length >= ShortestData && words.Any(char.IsAsciiDigit) && words.Any(char.IsAsciiLetter) && words.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' or '-' or '_');
}

/// <summary>One value.</summary>
/// <param name="Name">Where it lies; empty when it is all there is.</param>
/// <param name="Value">The value in words.</param>
internal sealed record JsonLine(string Name, string Value)
{
    /// <summary>Its further lines are indented: they must not look like values of their own.</summary>
    public override string ToString() => Name.Length == 0 ? Value : $"{Name}: {Value.ReplaceLineEndings("\n  ")}";
}
