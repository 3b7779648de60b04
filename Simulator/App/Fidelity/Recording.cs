using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace WhatsAppBuffer.Simulator.App.Fidelity;

/// <summary>What AWS was once seen to do with a stream's mapping; the members are explained in tests/Fixtures/README.md.</summary>
internal sealed record Recording
{
    /// <summary>The table's keys: all records have the same partition key, so that they lie in one shard.</summary>
    public const string PartitionKey = "recording";
    public const string SortKey = "id";

    [JsonIgnore]
    public string Name { get; init; } = "";

    public required DateTimeOffset StartsAt { get; init; }

    public required double Until { get; init; }

    public double? EnabledAfter { get; init; }

    /// <summary>The mapping's settings, spelled as in the API and in CloudFormation.</summary>
    public required JsonObject Mapping { get; init; }

    /// <summary>The function's script.</summary>
    public required JsonObject Function { get; init; }

    public required IReadOnlyList<RecordedWrite> Writes { get; init; }

    public required IReadOnlyList<RecordedCall> Calls { get; init; }

    public required IReadOnlyList<RecordedDestination> Destination { get; init; }

    /// <summary>Length of its tumbling windows in seconds; 0 for none.</summary>
    public int Window => Mapping["TumblingWindowInSeconds"]?.GetValue<int>() ?? 0;

    /// <summary>The recordings that come with this program.</summary>
    /// <param name="names">Only these; all when empty.</param>
    /// <exception cref="UserErrorException">There is no recording of that name.</exception>
    public static IReadOnlyList<Recording> Load(IReadOnlyCollection<string> names)
    {
        Recording[] all =
        [
            .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "recordings"), "*.json").Order(StringComparer.Ordinal)
                .Select(file => JsonSerializer.Deserialize(File.ReadAllBytes(file), RecordingJsonContext.Default.Recording)! with { Name = Path.GetFileNameWithoutExtension(file) }),
        ];
        return names.FirstOrDefault(name => !all.Any(recording => recording.Name == name)) is { } unknown
            ? throw new UserErrorException($"There is no recording {unknown}. There are: {string.Join(", ", all.Select(recording => recording.Name))}.")
            : [.. all.Where(recording => names.Count == 0 || names.Contains(recording.Name))];
    }
}

/// <param name="At">Seconds after the start.</param>
/// <param name="Key">The record's key.</param>
/// <param name="Age">How old the record is by then, in seconds; null for one that is written at that moment.</param>
internal sealed record RecordedWrite(double At, string Key, double? Age);

/// <param name="Records">Keys of its records, in order.</param>
/// <param name="Count">The state's count; null where nothing is said of it.</param>
/// <param name="Final">Whether it closes the window.</param>
/// <param name="Early">Whether the window was ended early.</param>
/// <param name="Window">When its window began.</param>
/// <param name="Between">Earliest and latest time in seconds after the start; null where nothing is said of it.</param>
internal sealed record RecordedCall(string Records, int? Count, bool Final, bool Early, string? Window, double[]? Between);

/// <param name="Condition">Why the batch was given up.</param>
/// <param name="Count">After how many calls.</param>
/// <param name="FunctionError">The error as Lambda classes it.</param>
/// <param name="BatchInfo">Names of the members of its <c>DDBStreamBatchInfo</c>; null where nothing is said of them.</param>
/// <param name="TimeWindowInfo">Whether it tells of a window.</param>
internal sealed record RecordedDestination(string Condition, int Count, string? FunctionError, string? BatchInfo, bool TimeWindowInfo);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Recording))]
internal sealed partial class RecordingJsonContext : JsonSerializerContext;
