using System.Text.Json;

namespace WhatsAppBuffer.OnRawMessages.Webhook;

/// <summary>Looking into JSON of others. Half of a surrogate pair, which JSON may escape and .NET then does not read, is as if it were not there.</summary>
internal static class JsonElements
{
    /// <summary>A member of an object; null when the element is no object or has no such member, or the member is JSON null.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && TryGet(element, name, out JsonElement member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    /// <summary>A non-empty string member, else null.</summary>
    public static string? Text(this JsonElement element, string name)
    {
        try
        {
            return element.Member(name) is { ValueKind: JsonValueKind.String } member && member.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
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
