using FsCheck.Xunit;
using LocalAws.Clock;

namespace LocalAws.Tests.Clock;

/// <summary>Laws of the clock, whatever is done to it.</summary>
public class CloudClockProperties
{
    [Property]
    public bool Time_never_runs_backwards(byte[] events)
    {
        using var history = new ClockHistory(events);

        return history.Shown.SequenceEqual(history.Shown.Order());
    }

    [Property]
    public bool Timers_fire_in_the_order_in_which_they_are_due_and_none_early(byte[] events)
    {
        using ClockHistory history = new ClockHistory(events).ToEnd();

        return history.Fired.All(timer => timer.At >= timer.Due) && history.Fired.Select(timer => timer.At).SequenceEqual(history.Fired.Select(timer => timer.At).Order());
    }

    [Property]
    public bool Every_timer_fires_once(byte[] events)
    {
        using ClockHistory history = new ClockHistory(events).ToEnd();

        return history.Fired.Select(timer => timer.Due).Order().SequenceEqual(history.Set.Order());
    }

    [Property]
    public bool Frozen_means_that_nothing_fires(byte[] events)
    {
        using var history = new ClockHistory(events);

        return history.FiredWhileFrozen == 0;
    }

    [Property]
    public bool A_step_fires_all_that_is_due(byte[] events)
    {
        using var history = new ClockHistory(events);

        return history.StepsThatLeftSomethingDue == 0;
    }

    [Property]
    public bool What_is_on_the_agenda_is_taken_by_due_time_then_in_the_order_it_was_put_down(byte[] dues)
    {
        var agenda = new Agenda<int>();
        foreach ((int entry, byte due) in dues.Index())
        {
            agenda.Set(entry, TimeSpan.FromSeconds(due % 5));
        }

        var taken = new List<int>();
        while (agenda.TakeDue(TimeSpan.FromSeconds(3)) is { } next)
        {
            taken.Add(next.Entry);
        }

        return taken.SequenceEqual(dues.Index().Where(d => d.Item % 5 <= 3).OrderBy(d => d.Item % 5).Select(d => d.Index));
    }

    [Property]
    public bool The_hands_reach_a_position_when_they_say_and_not_before(ushort set, ushort position, byte speed, ushort real)
    {
        var hands = new ClockHands(TimeSpan.FromMilliseconds(set), TimeSpan.Zero, (speed + 1) / 16.0, IsFrozen: false);
        TimeSpan now = TimeSpan.FromMilliseconds(real);
        TimeSpan target = TimeSpan.FromMilliseconds(position);
        TimeSpan wait = hands.Until(target, now)!.Value;

        return hands.At(now + wait) >= target && (wait == TimeSpan.Zero || hands.At(now + wait - TimeSpan.FromTicks(1)) < target);
    }

    [Property]
    public bool The_hands_reach_their_limit_and_nothing_past_it(byte before, byte more, byte speed)
    {
        TimeSpan limit = TimeSpan.FromSeconds(before + 1);
        var hands = new ClockHands(TimeSpan.Zero, TimeSpan.Zero, (speed + 1) / 16.0, IsFrozen: false, limit);

        return hands.At(hands.Until(limit, TimeSpan.Zero)!.Value) == limit
            && hands.At(TimeSpan.FromDays(1)) == limit
            && hands.Until(limit + TimeSpan.FromSeconds(more + 1), TimeSpan.Zero) is null;
    }

    [Property]
    public bool Whatever_is_changed_the_hands_are_taken_up_where_they_are(ushort passed, byte speed, byte newSpeed)
    {
        TimeSpan now = TimeSpan.FromMilliseconds(passed);
        var hands = new ClockHands(TimeSpan.FromSeconds(5), TimeSpan.Zero, (speed + 1) / 16.0, IsFrozen: false);
        TimeSpan shown = hands.At(now);

        return new[] { hands.Freeze(now), hands.GoOn(now), hands.Freeze(now).GoOn(now), hands.Accelerate((newSpeed + 1) / 16.0, now), hands.PutForward(TimeSpan.Zero, now) }
            .All(changed => changed.At(now) == shown);
    }
}
