using System.Text.Json;

namespace WhatsAppBuffer.Contracts;

/// <summary>Looking into JSON of others, which may lack any member and hold any kind of value. Half of a surrogate pair, which JSON may escape and .NET then does not read, is as if it were not there.</summary>
public static class JsonReading
{
    /// <summary>A member of an object; null when the element is no object or has no such member, or the member is JSON null.</summary>
    /// <param name="element">Any JSON.</param>
    /// <param name="name">The member.</param>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && TryGet(element, name, out JsonElement member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    /// <summary>A non-empty string member, else null.</summary>
    /// <param name="element">Any JSON.</param>
    /// <param name="name">The member.</param>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } member && Read(member) is { Length: > 0 } text ? text : null;

    /// <summary>
    /// A member as a person reads it: a text, a number's digits as they were written, and a text that is no valid Unicode as it was written;
    /// null when it is absent, empty, or of another kind.
    /// </summary>
    /// <param name="element">Any JSON.</param>
    /// <param name="name">The member.</param>
    public static string? Words(this JsonElement element, string name) => element.Member(name)?.Words();

    /// <summary>A value as a person reads it; see <see cref="Words(JsonElement, string)"/>.</summary>
    /// <param name="element">Any JSON.</param>
    public static string? Words(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String when (Read(element) ?? element.GetRawText()[1..^1]) is { Length: > 0 } words => words,
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };

    /// <summary>The members of an object; none when it is no object. A name that is no valid Unicode is a question mark.</summary>
    /// <param name="element">Any JSON.</param>
    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(member => (NameOf(member), member.Value)) : [];

    /// <summary>Whether a member is <c>true</c>.</summary>
    /// <param name="element">Any JSON.</param>
    /// <param name="name">The member.</param>
    public static bool IsTrue(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The items of a member; none when it is absent or no array.</summary>
    /// <param name="element">Any JSON.</param>
    /// <param name="name">The member.</param>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    private static string? Read(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "?";
        }
    }

    private static bool TryGet(JsonElement element, string name, out JsonElement member)
    {
        try
        {
            return element.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
        {
            // The name of another member is at fault: it must not hide this one.
            return TryGetAmongBroken(element, name, out member);
        }
    }

    private static bool TryGetAmongBroken(JsonElement element, string name, out JsonElement member)
    {
        member = default;
        bool found = false;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            try
            {
                if (property.NameEquals(name))
                {
                    (member, found) = (property.Value, true);
                }
            }
            catch (InvalidOperationException)
            {
                // This one is not it.
            }
        }

        return found;
    }
}
