using System.Collections.Concurrent;

namespace WhatsAppBuffer.Simulator.App.Observation;

/// <summary>What is kept of what comes in without end: the entries that came last, by their keys. Safe for use by many threads.</summary>
/// <param name="capacity">How many.</param>
internal sealed class Newest<T>(int capacity)
    where T : class
{
    private readonly ConcurrentDictionary<string, T> _byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    public IReadOnlyList<T> All => [.. _byKey.Values];

    public T? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>Adds an entry, or puts another in its place; a new one may cost the oldest.</summary>
    public T AddOrUpdate(string key, Func<T> add, Func<T, T> update)
    {
        T entry = _byKey.AddOrUpdate(
            key,
            added =>
            {
                _order.Enqueue(added);
                return add();
            },
            (_, before) => update(before));
        // Counting a ConcurrentDictionary takes all of its locks.
        while (_order.Count > capacity && _order.TryDequeue(out string? oldest))
        {
            _byKey.TryRemove(oldest, out _);
        }

        return entry;
    }

    public void Clear()
    {
        _byKey.Clear();
        _order.Clear();
    }
}
