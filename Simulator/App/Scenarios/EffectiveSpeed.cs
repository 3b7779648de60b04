namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>How fast a clock really ran that is held now and then.</summary>
/// <param name="wanted">Its speed while it is not held, in seconds per real second.</param>
internal sealed class EffectiveSpeed(double wanted)
{
    /// <summary>Over less, every clock that is held for a moment would have stood still.</summary>
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(5);

    private readonly Queue<(TimeSpan Real, TimeSpan Shown)> _notes = [];
    private (TimeSpan Real, TimeSpan Shown)? _first;
    private (TimeSpan Real, TimeSpan Shown) _last;
    private double? _slowest;

    /// <summary>Over any five seconds of real time, or over all where it was less.</summary>
    public double Slowest => _slowest ?? (_first is { } first && _last.Real > first.Real ? Between(first, _last) : wanted);

    /// <summary>How much longer all took in real time than at full speed.</summary>
    public TimeSpan Lost => _first is { } first ? _last.Real - first.Real - ((_last.Shown - first.Shown) / wanted) : TimeSpan.Zero;

    /// <summary>Notes what the clock shows; in the order of time.</summary>
    /// <param name="real">Real time since any beginning.</param>
    /// <param name="shown">What the clock shows, since any beginning.</param>
    public void Note(TimeSpan real, TimeSpan shown)
    {
        _last = (real, shown);
        _first ??= _last;
        _notes.Enqueue(_last);
        while (real - _notes.Peek().Real >= Stretch)
        {
            double speed = Between(_notes.Dequeue(), _last);
            _slowest = Math.Min(_slowest ?? speed, speed);
        }
    }

    private static double Between((TimeSpan Real, TimeSpan Shown) from, (TimeSpan Real, TimeSpan Shown) to) => (to.Shown - from.Shown) / (to.Real - from.Real);
}
