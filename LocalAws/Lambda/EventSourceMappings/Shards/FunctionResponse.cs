using System.Runtime.InteropServices;
using System.Text.Json;

namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>What a function's answer means for its batch.</summary>
/// <param name="FirstFailed">Index of the first record to be tried again; null when all are done.</param>
/// <param name="State">The state it returned, or null when it counts for nothing.</param>
internal readonly record struct FunctionResponse(int? FirstFailed, ReadOnlyMemory<byte>? State)
{
    private static readonly FunctionResponse AllFailed = new(0, null);

    /// <summary>
    /// Reads an answer by AWS's rules: with windows a data call without a <c>state</c> object counts as failed; failed records count only
    /// when the mapping asks for them, the lowest one is the checkpoint, and an identifier that is empty, missing or of no record in the
    /// batch fails the whole of it.
    /// </summary>
    public static FunctionResponse Read(ShardCall call, ReadOnlyMemory<byte> payload, EventSourceMappingSettings settings)
    {
        if (call.Kind != BatchKind.Records || (!settings.HasWindows && !settings.ReportBatchItemFailures))
        {
            return new FunctionResponse(null, null);
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(payload.IsEmpty ? "null"u8.ToArray() : payload);
            ReadOnlyMemory<byte>? state = StateOf(json.RootElement);
            if (settings.HasWindows && state is null)
            {
                return AllFailed;
            }

            return settings.ReportBatchItemFailures ? WithFailures(call, json.RootElement, state) : new FunctionResponse(null, state);
        }
        catch (JsonException)
        {
            return AllFailed;
        }
    }

    private static ReadOnlyMemory<byte>? StateOf(JsonElement response) =>
        response.ValueKind == JsonValueKind.Object && response.TryGetProperty("state", out JsonElement state) && state.ValueKind == JsonValueKind.Object
            ? JsonMarshal.GetRawUtf8Value(state).ToArray()
            : default(ReadOnlyMemory<byte>?);

    private static FunctionResponse WithFailures(ShardCall call, JsonElement response, ReadOnlyMemory<byte>? state)
    {
        if (response.ValueKind != JsonValueKind.Object
            || !response.TryGetProperty("batchItemFailures", out JsonElement failures)
            || failures.ValueKind == JsonValueKind.Null)
        {
            return new FunctionResponse(null, state);
        }

        if (failures.ValueKind != JsonValueKind.Array)
        {
            return AllFailed;
        }

        int? first = null;
        foreach (JsonElement failure in failures.EnumerateArray())
        {
            int index = IndexOf(call, failure);
            if (index < 0)
            {
                return AllFailed;
            }

            first = Math.Min(first ?? index, index);
        }

        return new FunctionResponse(first, state);
    }

    private static int IndexOf(ShardCall call, JsonElement failure)
    {
        if (failure.ValueKind != JsonValueKind.Object
            || !failure.TryGetProperty("itemIdentifier", out JsonElement identifier)
            || identifier.ValueKind != JsonValueKind.String)
        {
            return -1;
        }

        string sequenceNumber = identifier.GetString()!;
        for (int i = 0; i < call.Records.Count; i++)
        {
            if (call.Records[i].SequenceNumber == sequenceNumber)
            {
                return i;
            }
        }

        return -1;
    }
}
