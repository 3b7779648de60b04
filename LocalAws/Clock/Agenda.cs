namespace LocalAws.Clock;

/// <summary>What is due when: earliest first, and of what is due at the same time, first what was put down first.</summary>
internal sealed class Agenda<T>
    where T : notnull
{
    private readonly SortedSet<(TimeSpan Due, long Order, T Entry)> _entries =
        new(Comparer<(TimeSpan Due, long Order, T Entry)>.Create((a, b) => (a.Due, a.Order).CompareTo((b.Due, b.Order))));

    private readonly Dictionary<T, (TimeSpan Due, long Order, T Entry)> _places = [];
    private long _order;

    public int Count => _entries.Count;

    /// <summary>When the first entry is due; null when there is none.</summary>
    public TimeSpan? NextDue => _entries.Count == 0 ? null : _entries.Min.Due;

    /// <summary>Puts an entry down, instead of where it stood before.</summary>
    public void Set(T entry, TimeSpan due)
    {
        Remove(entry);
        var place = (due, ++_order, entry);
        _places[entry] = place;
        _entries.Add(place);
    }

    /// <summary>Strikes an entry out.</summary>
    public void Remove(T entry)
    {
        if (_places.Remove(entry, out var place))
        {
            _entries.Remove(place);
        }
    }

    /// <summary>Takes the first entry if it is due by then.</summary>
    /// <returns>The entry and when it was due; null when none is.</returns>
    public (T Entry, TimeSpan Due)? TakeDue(TimeSpan by)
    {
        if (NextDue is not { } due || due > by)
        {
            return null;
        }

        T entry = _entries.Min.Entry;
        Remove(entry);
        return (entry, due);
    }
}
