namespace WhatsAppBuffer.Simulator.Clock;

/// <summary>
/// The one clock of a local cloud: it starts at the real time and runs <paramref name="speed"/> times as fast, so that a 20-second window
/// lasts one second at speed 20. Timers and delays shrink with it.
/// </summary>
/// <param name="speed">Seconds of this clock per real second; above 0.</param>
/// <param name="real">The clock underneath.</param>
public sealed class ScaledTimeProvider(double speed, TimeProvider real) : TimeProvider
{
    private readonly DateTimeOffset _origin = real.GetUtcNow();
    private readonly long _originTimestamp = real.GetTimestamp();

    /// <summary>Seconds of this clock per real second.</summary>
    public double Speed { get; } = speed > 0 && double.IsFinite(speed)
        ? speed
        : throw new ArgumentOutOfRangeException(nameof(speed), speed, "The clock's speed must be a number above 0.");

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _origin + TimeSpan.FromTicks(GetTimestamp());

    /// <inheritdoc/>
    public override long GetTimestamp() => (long)(real.GetElapsedTime(_originTimestamp).Ticks * Speed);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, real.CreateTimer(callback, state, ToReal(dueTime), ToReal(period)));

    private TimeSpan ToReal(TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(time.TotalMilliseconds / Speed)));

    private sealed class ScaledTimer(ScaledTimeProvider clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.ToReal(dueTime), clock.ToReal(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
