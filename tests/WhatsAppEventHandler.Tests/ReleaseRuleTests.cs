using FsCheck.Xunit;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Release;

namespace WhatsAppEventHandler.Tests;

/// <summary>When a customer has finished.</summary>
public class ReleaseRuleTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(50);
    private static readonly QuietSettings Settings = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), 10, new HashSet<string>());

    [Theory]
    [InlineData(0, 6)]
    [InlineData(5.999, 6)]
    public void Until_the_customer_is_quiet_and_nothing_is_on_its_way_it_is_looked_at_again_when_that_may_be(double now, double again) =>
        Assert.Equal(new ReleaseDecision.LookAgain(At(again), IsLast: false), ReleaseRule.Decide([Came(0)], At(now), Settings));

    [Fact]
    public void When_they_are_quiet_all_goes() => Assert.Equal(new ReleaseDecision.Release(3, ReleaseReason.Quiet), ReleaseRule.Decide([Came(0), Came(4), Came(8)], At(14), Settings));

    [Fact]
    public void Who_writes_on_is_waited_for_until_the_maximum_and_no_longer()
    {
        WaitingAggregate[] waiting = [Came(0), Came(4), Came(8), Came(12), Came(16)];

        Assert.Equal(new ReleaseDecision.LookAgain(At(20), IsLast: true), ReleaseRule.Decide(waiting, At(19), Settings));
        Assert.Equal(new ReleaseDecision.Release(5, ReleaseReason.Maximum), ReleaseRule.Decide(waiting, At(20), Settings));
    }

    /// <summary>Nobody waits for more than the quiet time again, nor beyond the maximum.</summary>
    [Theory]
    [InlineData(0.2, 6)]
    [InlineData(3.5, 8.5)]
    [InlineData(3_600, 10)]
    public void Where_messages_come_slowly_the_next_one_is_waited_for_as_long(double way, double again)
    {
        WaitingAggregate slow = Came(0) with { Way = TimeSpan.FromSeconds(way) };

        Assert.Equal(new ReleaseDecision.LookAgain(At(again), IsLast: false), ReleaseRule.Decide([slow], At(5), Settings));
        Assert.Equal(new ReleaseDecision.Release(1, ReleaseReason.Quiet), ReleaseRule.Decide([slow], At(again), Settings));
        Assert.Equal(new ReleaseDecision.LookAgain(At(20), IsLast: true), ReleaseRule.Decide([slow, Came(19)], At(19.5), Settings));
    }

    [Fact]
    public void As_many_go_as_may_and_the_others_wait() => Assert.Equal(
        new ReleaseDecision.Release(2, ReleaseReason.Count), ReleaseRule.Decide([Came(0, messages: 5), Came(0, messages: 5), Came(0, messages: 1)], At(1), Settings));

    [Fact]
    public void What_is_too_much_for_one_event_goes_in_parts_and_one_goes_in_any_case()
    {
        Assert.Equal(new ReleaseDecision.Release(1, ReleaseReason.Size), ReleaseRule.Decide([Came(0, bytes: 200_000), Came(0, bytes: 100_000)], At(1), Settings));
        Assert.Equal(new ReleaseDecision.Release(1, ReleaseReason.Size), ReleaseRule.Decide([Came(0, bytes: 300_000)], At(1), Settings));
    }

    [Theory]
    [InlineData(nameof(ReleaseReason.Tap))]
    [InlineData(nameof(ReleaseReason.FlushWord))]
    public void Who_has_finished_is_not_waited_for(string reason)
    {
        ReleaseReason flush = Enum.Parse<ReleaseReason>(reason);

        Assert.Equal(new ReleaseDecision.Release(2, flush), ReleaseRule.Decide([Came(0), Came(1) with { Flush = flush }], At(1), Settings));
    }

    /// <summary>Whatever comes, somebody who looks when told finds something to release, and nothing waits longer than the maximum.</summary>
    [Property(MaxTest = 500)]
    public void Whoever_looks_when_told_releases_in_time(byte[] gaps)
    {
        double at = 0;
        WaitingAggregate[] all = [.. (gaps is { Length: > 0 } ? gaps : [0]).Select(gap => Came(at += gap / 16.0))];
        DateTimeOffset now = all[0].First;
        for (int looks = 0; looks < 1_000; looks++)
        {
            WaitingAggregate[] waiting = [.. all.TakeWhile(aggregate => aggregate.Newest <= now)];
            switch (ReleaseRule.Decide(waiting, now, Settings))
            {
                case ReleaseDecision.Release release:
                    Assert.InRange(now - all[0].First, TimeSpan.Zero, Settings.Most);
                    Assert.True(release.Reason is not ReleaseReason.Quiet || waiting[^1].Newest + Settings.Quiet + ReleaseRule.OnTheWay <= now);
                    Assert.InRange(release.Aggregates, 1, waiting.Length);
                    return;
                case ReleaseDecision.LookAgain again:
                    Assert.True(again.At > now);
                    now = again.At;
                    break;
            }
        }

        Assert.Fail("Nothing was ever released.");
    }

    [Fact]
    public void Settings_are_read_of_the_parameter()
    {
        QuietSettings read = QuietSettings.Read(SettingsReader.OfParameter("p", """{"quiet_seconds": 3, "quiet_max_seconds": 30, "quiet_max_messages": 7, "quiet_flush_words": "ok, Send ,"}"""));

        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30), 7), (read.Quiet, read.Most, read.MostMessages));
        Assert.True(read.FlushWords.SetEquals(["OK", "send"]));
    }

    [Theory]
    [InlineData("""{"quiet_seconds": 0}""", "quiet_seconds")]
    [InlineData("""{"quiet_seconds": 10, "quiet_max_seconds": 5}""", "quiet_max_seconds is 5, and quiet_seconds is 10")]
    [InlineData("""{"quiet_max_messages": 101}""", "quiet_max_messages")]
    public void Settings_that_cannot_be_are_refused_by_name(string json, string error) => Assert.Contains(
        error, Assert.Throws<ConfigurationException>(() => QuietSettings.Read(SettingsReader.OfParameter("p", json))).Message, StringComparison.Ordinal);

    private static WaitingAggregate Came(double seconds, int messages = 1, int bytes = 1_000) => new(At(seconds), At(seconds), messages, bytes);

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);
}
