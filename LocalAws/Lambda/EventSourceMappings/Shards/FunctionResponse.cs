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
    public static FunctionResponse Read(ShardCall call, ReadOnlyMemory<byte> payload, StreamMappingSettings settings)
    {
        if (call.Kind != BatchKind.Records || (!settings.HasWindows && !settings.ReportBatchItemFailures))
        {
            return new FunctionResponse(null, null);
        }

        try
        {
            using JsonDocument json = ForeignJson.Document(payload.IsEmpty ? "null"u8.ToArray() : payload);
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
        if (BatchItemFailures.IdentifiersIn(response) is not { } failed)
        {
            return AllFailed;
        }

        int[] indexes = [.. failed.Select(identifier => IndexOf(call, identifier))];
        return indexes.Contains(-1) ? AllFailed : new FunctionResponse(indexes.Length == 0 ? null : indexes.Min(), state);
    }

    private static int IndexOf(ShardCall call, string sequenceNumber)
    {
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
