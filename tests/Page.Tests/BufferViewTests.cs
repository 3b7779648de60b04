using WhatsAppBuffer.Simulator.Page.Buffer;
using WhatsAppBuffer.Simulator.Page.Recording;

namespace Page.Tests;

public class BufferViewTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Quiet_waits_anew_with_each_message_until_the_longest_wait()
    {
        var quiet = new ReleaseTimes(true, 1, 5, 20);

        Assert.Equal(Start.AddSeconds(6), Waiting(quiet, 0).LeavesAt);
        Assert.Equal(Start.AddSeconds(9), Waiting(quiet, 0, 3).LeavesAt);
        WaitingBurst longest = Waiting(quiet, 0, 4, 8, 12, 16);
        Assert.Equal((Start.AddSeconds(20), TimeSpan.FromSeconds(20)), (longest.LeavesAt, longest.Length));
        Assert.Null(longest.Notch);
    }

    [Fact]
    public void A_window_waits_from_the_first_message_and_has_its_end_on_the_ring()
    {
        WaitingBurst burst = Waiting(new ReleaseTimes(false, 20, 5, 20), 15, 17);

        Assert.Equal(Start.AddSeconds(35), burst.LeavesAt);
        Assert.Equal(Start.AddSeconds(20), burst.Boundary);
        Assert.Equal(0.75, burst.Notch);
        Assert.Equal(0.5, burst.Left(Start.AddSeconds(25)));
        Assert.Equal(0, burst.Left(Start.AddSeconds(100)));
    }

    [Fact]
    public void Customers_are_apart_and_the_soonest_is_first()
    {
        var quiet = new ReleaseTimes(true, 1, 5, 20);

        IReadOnlyList<WaitingBurst> waiting = BufferView.Waiting([Message("Ana", 2), Message("Kike", 0), Message("Ana", 3)], quiet);

        Assert.Equal(["Kike", "Ana"], waiting.Select(burst => burst.Customer));
        Assert.Equal([1, 2], waiting.Select(burst => burst.Tokens.Count));
    }

    private static WaitingBurst Waiting(ReleaseTimes release, params double[] at) => Assert.Single(BufferView.Waiting(at.Select(second => Message("Kike", second)), release));

    private static (RecordedMessage, Stage) Message(string customer, double at) =>
        (new RecordedMessage($"{customer}{at}", customer, "text", "words", Start.AddSeconds(at)) { StoredAt = Start.AddSeconds(at) }, Stage.Waiting);
}
