using System.Globalization;
using System.Text.Json;

namespace WhatsAppBuffer.Simulator.App.Fidelity;

/// <summary>Where what was seen is not what was recorded.</summary>
/// <param name="recording">What was recorded.</param>
/// <param name="tolerance">How much earlier or later a call may come.</param>
internal sealed class RecordingComparison(Recording recording, TimeSpan tolerance)
{
    /// <returns>A line for each difference.</returns>
    public IReadOnlyList<string> Differences(Replayed seen)
    {
        string[] expected = [.. recording.Calls.Select(call => Text(call, seen.Start))];
        string[] actual = [.. seen.Calls.Select((call, i) => Text(call, withCount: i >= recording.Calls.Count || recording.Calls[i].Count is not null))];
        return
        [
            .. Compare("call", expected, actual[..Math.Min(actual.Length, expected.Length)]),
            .. seen.Calls.Skip(expected.Length).Where(call => !IsClosing(call)).Select(call => $"a call that was not recorded: {Text(call, withCount: true)}"),
            .. recording.Calls.Zip(seen.Calls).Where(pair => !InTime(pair.First, pair.Second, seen.Start)).Select(pair => Late(pair.First, pair.Second, seen.Start)),
            .. Compare("record at the destination", [.. recording.Destination.Select(Text)], [.. seen.GivenUp.Zip(recording.Destination.Concat(Enumerable.Repeat<RecordedDestination?>(null, seen.GivenUp.Count))).Select(pair => Text(pair.First, pair.Second))]),
        ];
    }

    private static IEnumerable<string> Compare(string what, string[] expected, string[] actual)
    {
        for (int i = 0; i < Math.Max(expected.Length, actual.Length); i++)
        {
            string was = i < actual.Length ? actual[i] : "nothing";
            string should = i < expected.Length ? expected[i] : "nothing";
            if (was != should)
            {
                yield return $"{what} {i + 1}: recorded {should}; now {was}";
            }
        }
    }

    /// <summary>The last window of a recording closes some time after the recording ends.</summary>
    private static bool IsClosing(ObservedCall call) => call is { Final: true, Records: "" };

    private bool InTime(RecordedCall expected, ObservedCall call, DateTimeOffset start) => expected.Between is not [double earliest, double latest]
        || (call.At >= start.AddSeconds(earliest) - tolerance && call.At <= start.AddSeconds(latest) + tolerance);

    private static string Late(RecordedCall expected, ObservedCall call, DateTimeOffset start) => string.Create(
        CultureInfo.InvariantCulture, $"[{call.Records}] came after {(call.At - start).TotalSeconds:0.0} s; recorded {expected.Between![0]} to {expected.Between[1]} s");

    private string Text(RecordedCall call, DateTimeOffset start) =>
        Text(call.Records, call.Count, call.Final, call.Early, call.Window is null ? null : Moved(call.Window, start - recording.StartsAt));

    private static string Text(ObservedCall call, bool withCount) => Text(call.Records, withCount ? call.Count : null, call.Final, call.Early, call.Window);

    private static string Text(string records, int? count, bool final, bool early, string? window) =>
        $"[{records}]{(count is null ? "" : $" count {count}")}{(final ? " final" : "")}{(early ? " early" : "")}{(window is null ? "" : $" window {window}")}";

    private static string Moved(string window, TimeSpan by) =>
        (DateTimeOffset.Parse(window, CultureInfo.InvariantCulture) + by).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Text(RecordedDestination record) =>
        $"{record.Condition} after {record.Count}, error {record.FunctionError ?? "none"}{(record.TimeWindowInfo ? ", window" : "")}{(record.BatchInfo is null ? "" : $", batch info {record.BatchInfo}")}";

    private static string Text(JsonElement record, RecordedDestination? expected)
    {
        JsonElement context = record.GetProperty("requestContext");
        string? error = record.TryGetProperty("responseContext", out JsonElement response) ? response.GetProperty("functionError").GetString() : null;
        string? batchInfo = expected?.BatchInfo is null ? null : string.Join(' ', record.GetProperty("DDBStreamBatchInfo").EnumerateObject().Select(member => member.Name));
        return Text(new RecordedDestination(
            context.GetProperty("condition").GetString()!, context.GetProperty("approximateInvokeCount").GetInt32(), error, batchInfo, record.TryGetProperty("timeWindowInfo", out _)));
    }
}
