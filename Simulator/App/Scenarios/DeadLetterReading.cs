using System.Text.Json;
using WhatsAppBuffer.Simulator.App.Control;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>Finds messages in dead letters, whatever put them there.</summary>
internal static class DeadLetterReading
{
    /// <summary>The reason of each message that a letter carries.</summary>
    /// <param name="letters">The letters.</param>
    /// <param name="ids">Ids of the messages looked for.</param>
    public static Dictionary<string, string> Reasons(IEnumerable<DeadLetterView> letters, IReadOnlySet<string> ids)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DeadLetterView letter in letters)
        {
            string reason = ReasonOf(letter);
            foreach (string id in Strings(letter.Body).Where(ids.Contains))
            {
                reasons[id] = reason;
            }
        }

        return reasons;
    }

    /// <summary>What the event handler wrote beside the event, or what Lambda wrote into its record of an invocation that it gave up.</summary>
    public static string ReasonOf(DeadLetterView letter)
    {
        if (letter.Attributes.TryGetValue("reason", out string? reason) || letter.Attributes.TryGetValue("ErrorMessage", out reason))
        {
            return reason;
        }

        using JsonDocument? body = TryParse(letter.Body);
        if (body?.RootElement is not { ValueKind: JsonValueKind.Object } record || !record.TryGetProperty("requestContext", out JsonElement context))
        {
            return "unknown";
        }

        string condition = $"{Text(context, "condition")} after {Text(context, "approximateInvokeCount")} attempts";
        return record.TryGetProperty("responsePayload", out JsonElement error) && error.ValueKind == JsonValueKind.Object
            ? $"{condition}: {Text(error, "errorType")}: {WithoutRequestId(Text(error, "errorMessage"))}"
            : condition;
    }

    /// <summary>The same reason is to read the same, whichever invocation it ended.</summary>
    private static string WithoutRequestId(string message) =>
        message.StartsWith("RequestId: ", StringComparison.Ordinal) && message.IndexOf(" Error: ", StringComparison.Ordinal) is > 0 and var end
            ? message[(end + " Error: ".Length)..]
            : message;

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.ToString() : "?";

    /// <summary>All strings in the JSON, and in the JSON inside its strings: events travel wrapped in events.</summary>
    private static IEnumerable<string> Strings(string json)
    {
        using JsonDocument? document = TryParse(json);
        return document is null ? [] : [.. Strings(document.RootElement)];
    }

    private static IEnumerable<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Strings(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Strings),
        JsonValueKind.String when json.GetString() is ['{' or '[', ..] text => Strings(text),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };

    private static JsonDocument? TryParse(string json)
    {
        try
        {
            return ForeignJson.Document(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
