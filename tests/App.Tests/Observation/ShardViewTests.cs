using WhatsAppBuffer.Simulator.App.Control;
using LocalAws.Lambda.EventSourceMappings;

namespace App.Tests.Observation;

public class ShardViewTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 12, 15, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(19, "12:15:00–12:15:20")]
    [InlineData(20, "12:15:00–12:15:20, closes with the next record or by 12:17:20")]
    [InlineData(36, "12:15:00–12:15:20, closes with the next record or by 12:17:20")]
    public void A_window_whose_time_is_over_says_when_it_closes(int second, string words) =>
        Assert.Equal(words, ShardView.InWords(new TimeWindow(Start, Start.AddSeconds(20)), Start.AddSeconds(second)));
}
