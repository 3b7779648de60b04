using System.Text.Json;

namespace WhatsAppBuffer.Simulator.App.Fidelity;

/// <summary>What a cloud was seen to do with a recording.</summary>
/// <param name="Start">The moment from which the recording's times count.</param>
/// <param name="Calls">The calls of the function, in order.</param>
/// <param name="GivenUp">What came to the on-failure destination.</param>
internal sealed record Replayed(DateTimeOffset Start, IReadOnlyList<ObservedCall> Calls, IReadOnlyList<JsonElement> GivenUp);

/// <summary>A call as the function noted it.</summary>
internal sealed record ObservedCall(DateTimeOffset At, string Records, int Count, bool Final, bool Early, string? Window)
{
    private const string Mark = "CALL ";

    public static IReadOnlyList<ObservedCall> Of(IEnumerable<WrittenLine> log) =>
        [.. log.Where(line => line.Text.StartsWith(Mark, StringComparison.Ordinal)).Select(Of)];

    private static ObservedCall Of(WrittenLine line)
    {
        using JsonDocument json = ForeignJson.Document(line.Text[Mark.Length..]);
        JsonElement call = json.RootElement;
        return new ObservedCall(
            line.At,
            call.GetProperty("records").GetString()!,
            call.GetProperty("count").GetInt32(),
            call.GetProperty("final").GetBoolean(),
            call.GetProperty("early").GetBoolean(),
            call.GetProperty("window").GetString());
    }
}
