using System.Text.Json;

namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>A function's report of single failures, as AWS reads it.</summary>
internal static class BatchItemFailures
{
    /// <summary>The identifiers of the records that failed: none when there is no report; null when an identifier is empty or missing, which fails the whole batch.</summary>
    public static IReadOnlyList<string>? IdentifiersIn(JsonElement response)
    {
        if (response.ValueKind != JsonValueKind.Object
            || !response.TryGetProperty("batchItemFailures", out JsonElement failures)
            || failures.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (failures.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        string[] identifiers = [.. failures.EnumerateArray().Select(IdentifierOf).OfType<string>()];
        return identifiers.Length == failures.GetArrayLength() ? identifiers : null;
    }

    private static string? IdentifierOf(JsonElement failure) =>
        failure.ValueKind == JsonValueKind.Object
        && failure.TryGetProperty("itemIdentifier", out JsonElement identifier)
        && identifier.ValueKind == JsonValueKind.String
        && identifier.GetString() is { Length: > 0 } text
            ? text
            : null;
}
