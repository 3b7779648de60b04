using System.Text.Json;
using LocalAws.Lambda.EventSourceMappings;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

/// <summary>One file of tests/Fixtures/AwsRecordings; its README explains the members.</summary>
internal sealed record Recording(
    DateTimeOffset StartsAt,
    double Until,
    double? EnabledAfter,
    RecordedMapping Mapping,
    RecordedFunction Function,
    IReadOnlyList<RecordedWrite> Writes,
    IReadOnlyList<RecordedCall> Calls,
    IReadOnlyList<RecordedDestination> Destination)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static Recording Load(string resource)
    {
        using Stream json = typeof(Recording).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize<Recording>(json, Options)!;
    }

    public StreamMappingSettings Apply(StreamMappingSettings settings) => settings with
    {
        StartingPosition = Mapping.StartingPosition ?? "TRIM_HORIZON",
        BatchSize = Mapping.BatchSize ?? 100,
        MaximumBatchingWindowInSeconds = Mapping.MaximumBatchingWindowInSeconds ?? 0,
        TumblingWindowInSeconds = Mapping.TumblingWindowInSeconds ?? 0,
        MaximumRetryAttempts = Mapping.MaximumRetryAttempts ?? -1,
        MaximumRecordAgeInSeconds = Mapping.MaximumRecordAgeInSeconds ?? -1,
        BisectBatchOnFunctionError = Mapping.BisectBatchOnFunctionError ?? false,
        ReportBatchItemFailures = Mapping.FunctionResponseTypes?.Contains("ReportBatchItemFailures") ?? false,
        OnFailure = MappingFixture.Queue,
    };
}

internal sealed record RecordedMapping(
    string? StartingPosition,
    int? BatchSize,
    int? MaximumBatchingWindowInSeconds,
    int? TumblingWindowInSeconds,
    int? MaximumRetryAttempts,
    int? MaximumRecordAgeInSeconds,
    bool? BisectBatchOnFunctionError,
    IReadOnlyList<string>? FunctionResponseTypes);

internal sealed record RecordedWrite(double At, string Key, double? Age);

internal sealed record RecordedFunction(string Mode, IReadOnlyList<string>? Bad, bool FailFinal, string? OversizedOn)
{
    private static readonly string Blob = new('x', (1024 * 1024) + 64);

    public string Answer(FunctionCall call)
    {
        string[] bad = [.. call.Ids.Split(' ').Where(key => Bad?.Contains(key) ?? false)];
        return Mode switch
        {
            "success" => ScriptedFunction.Ok,
            "invalid" => """{"batchItemFailures":[{"itemIdentifier":""}]}""",
            "partial" => JsonSerializer.Serialize(new { batchItemFailures = bad.Select(key => new { itemIdentifier = call.SequenceNumberOf(key) }) }),
            "raise" => bad.Length > 0 ? throw new FunctionErrorException("poison record") : ScriptedFunction.Ok,
            "count" => FailFinal && call.IsFinal ? throw new FunctionErrorException("final window failure") : Count(call),
            _ => throw new InvalidOperationException($"A recording's function has the unknown mode '{Mode}'."),
        };
    }

    public static int CountOf(FunctionCall call) =>
        call.Event.GetProperty("state").TryGetProperty("count", out JsonElement count) ? count.GetInt32() : 0;

    private string Count(FunctionCall call)
    {
        string blob = call.Ids == OversizedOn ? $",\"oversized\":\"{Blob}\"" : "";
        return $$$"""{"state":{"count":{{{CountOf(call) + call.Count}}}{{{blob}}}}}""";
    }
}

internal sealed record RecordedCall(string Records, int? Count, bool Final, bool Early, string? Window, double[]? Between)
{
    public void AssertMatches(FunctionCall actual, DateTimeOffset start)
    {
        Assert.Equal((Final, Early, Window), (actual.IsFinal, actual.IsEarly, actual.WindowStart));
        if (Count is not null)
        {
            Assert.Equal(Count, RecordedFunction.CountOf(actual));
        }

        if (Between is not null)
        {
            Assert.InRange((actual.At - start).TotalSeconds, Between[0], Between[1]);
        }
    }
}

internal sealed record RecordedDestination(string Condition, int Count, string? FunctionError, string? BatchInfo, bool TimeWindowInfo)
{
    public void AssertMatches(JsonElement actual)
    {
        JsonElement context = actual.GetProperty("requestContext");
        Assert.Equal((Condition, Count), (context.GetProperty("condition").GetString(), context.GetProperty("approximateInvokeCount").GetInt32()));
        Assert.Equal(Condition != "RecordAgeExceeded", actual.TryGetProperty("responseContext", out JsonElement response));
        Assert.Equal(FunctionError, response.ValueKind == JsonValueKind.Object ? response.GetProperty("functionError").GetString() : null);
        Assert.Equal(TimeWindowInfo, actual.TryGetProperty("timeWindowInfo", out _));
        if (BatchInfo is not null)
        {
            Assert.Equal(BatchInfo, string.Join(' ', actual.GetProperty("DDBStreamBatchInfo").EnumerateObject().Select(m => m.Name)));
        }
    }
}
