using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Infra.Tests.Synthesis;

/// <summary>Writes and compares JSON.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Indented { get; } = new(Plain) { WriteIndented = true, NewLine = "\n" };

    /// <summary>Where <paramref name="actual"/> lacks something of <paramref name="expected"/>, or null. Objects may have more, lists may not.</summary>
    public static string? FirstDifference(JsonNode? actual, JsonNode? expected, string path) => (actual, expected) switch
    {
        (JsonObject got, JsonObject wanted) => wanted
            .Select(member => FirstDifference(got[member.Key], member.Value, $"{path}/{member.Key}"))
            .FirstOrDefault(difference => difference is not null),
        (JsonArray got, JsonArray wanted) when got.Count == wanted.Count => wanted
            .Select((item, index) => FirstDifference(got[index], item, $"{path}/{index}"))
            .FirstOrDefault(difference => difference is not null),
        _ when JsonNode.DeepEquals(actual, expected) => null,
        _ => $"{path} is {actual?.ToJsonString(Plain) ?? "missing"}, expected {expected?.ToJsonString(Plain) ?? "nothing"}",
    };
}
