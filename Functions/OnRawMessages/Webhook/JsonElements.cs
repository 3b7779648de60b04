using System.Text.Json;

namespace WhatsAppBuffer.OnRawMessages.Webhook;

internal static class JsonElements
{
    /// <summary>A member of an object; null when the element is no object or has no such member, or the member is JSON null.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    /// <summary>A non-empty string member, else null.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } member && member.GetString() is { Length: > 0 } text ? text : null;
}
