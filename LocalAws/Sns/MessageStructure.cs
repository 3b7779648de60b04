using System.Text.Json;

namespace LocalAws.Sns;

/// <summary>Bodies by protocol: with <c>MessageStructure=json</c> a message is a JSON object of bodies, one of them named <c>default</c>.</summary>
internal static class MessageStructure
{
    /// <summary>The body for each protocol that has one of its own, and <c>default</c>; only the latter for a plain message.</summary>
    /// <exception cref="Endpoint.AwsException"><c>InvalidParameter</c>: an unknown structure, not JSON, or no default.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string body, string? structure) => structure switch
    {
        null => new Dictionary<string, string> { ["default"] = body },
        "json" => ParseJson(body),
        _ => throw SnsError.InvalidParameter($"MessageStructure Reason: must be json, not '{structure}'"),
    };

    private static Dictionary<string, string> ParseJson(string body)
    {
        try
        {
            using JsonDocument document = ForeignJson.Document(body);
            Dictionary<string, string> bodies = document.RootElement.EnumerateObject()
                .Where(b => b.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(b => b.Name, b => b.Value.GetString()!);
            return bodies.ContainsKey("default") ? bodies : throw SnsError.InvalidParameter("Message Structure - No default entry in JSON message body");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw SnsError.InvalidParameter("Message Structure - JSON message body failed to parse");
        }
    }
}
