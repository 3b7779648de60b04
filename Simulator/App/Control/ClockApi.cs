using System.ComponentModel;
using LocalAws.Clock;

namespace WhatsAppBuffer.Simulator.App.Control;

/// <summary>The clock at a glance.</summary>
internal sealed record ClockView
{
    public required DateTimeOffset Now { get; init; }

    [Description("Seconds of the simulator's clock per real second while it is not frozen.")]
    public required double Speed { get; init; }

    [Description("True while the clock stands still: no window closes, nothing is retried, the stream is not read.")]
    public required bool Frozen { get; init; }

    [Description("When the next timer is due: a poll of the stream, the end of a window, a retry, …")]
    public DateTimeOffset? NextTimer { get; init; }

    [Description("How many timers wait.")]
    public required int Timers { get; init; }

    [Description("How many timers a step has fired.")]
    public int? Fired { get; init; }

    public static ClockView Of(CloudClock clock, int? fired = null)
    {
        ClockReading reading = clock.Read();
        return new ClockView
        {
            Now = reading.Now,
            Speed = reading.Speed,
            Frozen = reading.IsFrozen,
            NextTimer = reading.NextTimer,
            Timers = reading.Timers,
            Fired = fired,
        };
    }
}

/// <summary>The simulator's clock: freeze it, step it, let it go on, make it faster or slower.</summary>
internal static class ClockApi
{
    public static void MapClock(this RouteGroupBuilder api, Task<Simulation> simulation)
    {
        RouteGroupBuilder clock = api.MapGroup("/clock");
        clock.MapGet("/", async () => TypedResults.Ok(ClockView.Of((await simulation).Clock))).WithSummary("What the clock shows, how fast it runs, what it waits for.");
        clock.MapPost("/freeze", async () => TypedResults.Ok(Do((await simulation).ClockToChange, c => c.Freeze())))
            .WithSummary("Stop the clock. Function processes, which live in real time, run on.");
        clock.MapPost("/go-on", async () => TypedResults.Ok(Do((await simulation).ClockToChange, c => c.GoOn()))).WithSummary("Let the clock run on from where it stands.");
        clock.MapPost("/step", async ([Description("How far, more than 0 and at most 86,400; to the next timer when missing.")] double? seconds) => TypedResults.Ok(Step((await simulation).ClockToChange, seconds)))
            .WithSummary("Put the clock forward; every timer that is due on the way fires.");
        clock.MapPost("/speed", async ([Description("Seconds of the clock per real second, 0.001 to 10,000.")] double factor) => TypedResults.Ok(Accelerate((await simulation).ClockToChange, factor)))
            .WithSummary("Make the clock faster or slower from now on; a frozen one when it goes on.");
    }

    private static ClockView Do(CloudClock clock, Action<CloudClock> action)
    {
        action(clock);
        return ClockView.Of(clock);
    }

    private static ClockView Step(CloudClock clock, double? seconds)
    {
        if (seconds is null)
        {
            return ClockView.Of(clock, clock.StepToNextTimer());
        }

        return seconds > 0 && seconds <= CloudClock.LongestStep.TotalSeconds
            ? ClockView.Of(clock, clock.Step(TimeSpan.FromSeconds(seconds.Value)))
            : throw new ArgumentException($"A step of {seconds} seconds cannot be: it lasts more than 0 and at most {CloudClock.LongestStep.TotalSeconds:N0} seconds.");
    }

    private static ClockView Accelerate(CloudClock clock, double factor) => factor is >= CloudClock.MinimumSpeed and <= CloudClock.MaximumSpeed
        ? Do(clock, c => c.Accelerate(factor))
        : throw new ArgumentException($"A speed of {factor} cannot be: it is {CloudClock.MinimumSpeed} to {CloudClock.MaximumSpeed:N0} seconds of the clock per real second.");
}
