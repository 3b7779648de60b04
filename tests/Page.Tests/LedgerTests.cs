using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.Page.Buffer;
using WhatsAppBuffer.Simulator.Page.Recording;

namespace Page.Tests;

public class LedgerTests
{
    private const string Conversation = "503#kike";
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly ReleaseTimes Quiet = new(true, 1, 5, 20);
    private static readonly ReleaseTimes Windows = new(false, 20, 5, 20);
    private readonly Ledger _ledger = new();

    [Fact]
    public void A_message_goes_from_stage_to_stage_as_it_is_seen_to()
    {
        Write("one", 0);
        Assert.Equal(Stage.Sns, StageOf("one", 0));

        _ledger.Stored("one", "kike", "{}", At(0.1));
        Assert.Equal(Stage.Stored, StageOf("one", 0.2));
        Assert.Equal(Stage.Waiting, StageOf("one", 0.5));

        Put("outbox#1", waits: true, "one");
        Assert.Equal(Stage.Waiting, StageOf("one", 2));

        _ledger.Sealed(Conversation, ["outbox#1"], "Quiet", At(6));
        Assert.Equal(Stage.Aggregated, StageOf("one", 6));

        _ledger.Said(Conversation, "one");
        _ledger.Removed(Conversation, ["outbox#1"], At(6.2));
        Assert.Equal(Stage.Delivered, StageOf("one", 7));
        Assert.Empty(_ledger.UnderWay);
    }

    [Fact]
    public void What_is_sealed_together_is_one_burst_with_what_the_agent_got()
    {
        foreach ((string id, double at) in new[] { ("a", 0.0), ("b", 1.0), ("c", 2.0) })
        {
            Write(id, at);
            _ledger.Stored(id, "kike", "{}", At(at));
        }

        Put("outbox#1", waits: true, "a", "b");
        Put("outbox#2", waits: true, "c");
        _ledger.Sealed(Conversation, ["outbox#1", "outbox#2"], "Quiet", At(8));
        _ledger.Said(Conversation, "a\nb\nc");
        _ledger.Removed(Conversation, ["outbox#1", "outbox#2"], At(8.5));

        BurstView burst = BufferView.Of(Assert.Single(_ledger.Bursts), _ledger.Message, Quiet, 0.004m);
        Assert.Equal((3, 1, BurstState.Delivered, 0.008m, TimeSpan.FromSeconds(8.5)), (burst.Texts.Count, burst.Delivered, burst.State, burst.Saved, burst.LongestWait));
        Assert.Equal("Nothing more came for 5 s.", burst.Why);
        Assert.False(burst.IsCut);
    }

    [Fact]
    public void Of_a_window_each_aggregate_is_a_burst_and_two_in_one_breath_are_cut()
    {
        Write("hello", 18);
        Put("outbox#1", waits: false, "hello");
        _ledger.Said(Conversation, "hello");
        _ledger.Removed(Conversation, ["outbox#1"], At(21));
        Write("P12345", 20.5);
        Put("outbox#2", waits: false, "P12345");

        IReadOnlyList<RecordedBurst> bursts = _ledger.Bursts;
        Assert.Equal(2, bursts.Count);
        Assert.True(bursts[0].IsCut);
        Assert.Equal(bursts[0].Id, bursts[1].CutFrom);
        string why = BufferView.Of(bursts[0], _ledger.Message, Windows, 0.004m).Why;
        Assert.Contains("a burst of its own", why, StringComparison.Ordinal);
        Assert.Contains("Quiet time cuts less often", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_writes_again_after_a_while_has_not_been_cut()
    {
        Write("first", 0);
        Put("outbox#1", waits: false, "first");
        Write("second", 60);
        Put("outbox#2", waits: false, "second");

        Assert.All(_ledger.Bursts, burst => Assert.False(burst.IsCut || burst.CutFrom is not null));
    }

    [Fact]
    public void What_Connect_refused_saved_nothing_and_has_its_reason()
    {
        Write("one", 0);
        Put("outbox#1", waits: false, "one");
        _ledger.Refused(Conversation, "the contact flow does not exist");
        _ledger.Removed(Conversation, ["outbox#1"], At(21));

        BurstView burst = BufferView.Of(Assert.Single(_ledger.Bursts), _ledger.Message, Windows, 0.004m);
        Assert.Equal((BurstState.Refused, "the contact flow does not exist", 0m), (burst.State, burst.Refusal, burst.Saved));
    }

    [Fact]
    public void A_repeated_transaction_is_no_second_burst()
    {
        Write("one", 0);
        Put("outbox#1", waits: false, "one");
        Put("outbox#1", waits: false, "one");

        Assert.Single(_ledger.Bursts);
    }

    [Fact]
    public void Nothing_is_left_when_everything_is_forgotten()
    {
        Write("one", 0);
        Put("outbox#1", waits: false, "one");

        _ledger.Clear();

        Assert.Empty(_ledger.All);
        Assert.Empty(_ledger.Bursts);
    }

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private Stage StageOf(string id, double at) => _ledger.StageOf(_ledger.Message(id)!, At(at), Poll);

    private void Write(string id, double at) => _ledger.Wrote(id, "Kike", new WebhookMessage(new() { ["type"] = "text", ["text"] = new System.Text.Json.Nodes.JsonObject { ["body"] = id } }, null), id, At(at));

    private void Put(string sortKey, bool waits, params string[] ids) =>
        _ledger.Aggregated(new RecordedAggregate(Ledger.KeyOf(Conversation, sortKey), Conversation, sortKey, $"aggregate-{sortKey}", ids, waits, waits ? null : At(20), "{}", At(20.9)));
}
