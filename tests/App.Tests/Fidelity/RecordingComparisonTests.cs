using System.Text.Json;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Simulator.App.Fidelity;

namespace App.Tests.Fidelity;

public class RecordingComparisonTests
{
    private static readonly DateTimeOffset Recorded = new(2026, 9, 17, 14, 11, 8, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 8, TimeSpan.Zero);

    private static readonly Recording Windows = new()
    {
        StartsAt = Recorded,
        Until = 20,
        Mapping = new JsonObject { ["TumblingWindowInSeconds"] = 10 },
        Function = [],
        Writes = [],
        Calls =
        [
            new RecordedCall("1", 0, false, false, "2026-09-17T14:11:10Z", null),
            new RecordedCall("", 1, true, false, "2026-09-17T14:11:10Z", [12, 12.5]),
        ],
        Destination = [new RecordedDestination("RetryAttemptsExhausted", 1, "Unhandled", "shardId streamArn", true)],
    };

    private static readonly ObservedCall First = new(Now.AddSeconds(3), "1", 0, false, false, "2026-11-22T10:00:10Z");
    private static readonly ObservedCall Closing = new(Now.AddSeconds(13), "", 1, true, false, "2026-11-22T10:00:10Z");

    private static JsonElement GivenUp(string error = "Unhandled") => JsonDocument.Parse($$"""
        {
          "requestContext": { "condition": "RetryAttemptsExhausted", "approximateInvokeCount": 1 },
          "responseContext": { "functionError": "{{error}}" },
          "DDBStreamBatchInfo": { "shardId": "s", "streamArn": "a" },
          "timeWindowInfo": {}
        }
        """).RootElement;

    private static IReadOnlyList<string> Differences(ObservedCall[] calls, params JsonElement[] givenUp) =>
        new RecordingComparison(Windows, TimeSpan.FromSeconds(2)).Differences(new Replayed(Now, calls, givenUp));

    [Fact]
    public void The_same_calls_in_windows_of_today_are_the_same() => Assert.Empty(Differences([First, Closing], GivenUp()));

    [Fact]
    public void A_call_that_is_missing_is_told_with_what_was_recorded() =>
        Assert.Contains("call 2: recorded [] count 1 final window 2026-11-22T10:00:10Z; now nothing", Differences([First], GivenUp()));

    [Fact]
    public void Another_record_count_flag_or_window_is_a_difference()
    {
        Assert.NotEmpty(Differences([First with { Records = "2" }, Closing], GivenUp()));
        Assert.NotEmpty(Differences([First, Closing with { Count = 2 }], GivenUp()));
        Assert.NotEmpty(Differences([First, Closing with { Early = true }], GivenUp()));
        Assert.NotEmpty(Differences([First with { Window = "2026-11-22T10:00:00Z" }, Closing], GivenUp()));
    }

    [Fact]
    public void A_call_too_many_is_a_difference_unless_it_closes_the_last_window()
    {
        Assert.Contains(Differences([First, Closing, First], GivenUp()), line => line.StartsWith("a call that was not recorded", StringComparison.Ordinal));
        Assert.Empty(Differences([First, Closing, Closing], GivenUp()));
    }

    [Fact]
    public void A_call_beyond_the_tolerance_is_a_difference() =>
        Assert.Contains("[] came after 15.0 s; recorded 12 to 12.5 s", Differences([First, Closing with { At = Now.AddSeconds(15) }], GivenUp()));

    [Fact]
    public void Another_record_at_the_destination_none_or_one_too_many_is_a_difference()
    {
        Assert.NotEmpty(Differences([First, Closing], GivenUp("Other")));
        Assert.NotEmpty(Differences([First, Closing]));
        Assert.NotEmpty(Differences([First, Closing], GivenUp(), GivenUp()));
    }
}
