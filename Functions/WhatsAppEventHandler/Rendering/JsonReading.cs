using System.Text.Json;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Reads webhook JSON that may lack any member and hold any kind of value.</summary>
internal static class JsonReading
{
    /// <summary>The member, or null when <paramref name="parent"/> is no object, lacks it, or holds a JSON null there.</summary>
    public static JsonElement? Member(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>The member's text, a number's digits as they were written; null when absent, empty, or of another kind.</summary>
    public static string? Text(this JsonElement parent, string name) => parent.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text when Unescaped(text) is { Length: > 0 } value => value,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private static string? Unescaped(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair cannot be text; as it was written it can at least be read.
            return text.GetRawText()[1..^1];
        }
    }

    /// <summary>Whether the member is <c>true</c>.</summary>
    public static bool IsTrue(this JsonElement parent, string name) => parent.Member(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The member's items; none when it is absent or no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement parent, string name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];
}
