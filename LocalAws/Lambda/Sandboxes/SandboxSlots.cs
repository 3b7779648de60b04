namespace LocalAws.Lambda.Sandboxes;

/// <summary>
/// Numbers a function's sandboxes from 0, always the lowest that is free: a process that replaces another one has its number, so that telemetry
/// shows as many instances of a function as ever worked at once, not one for each process that ever was.
/// </summary>
internal sealed class SandboxSlots
{
    private readonly Lock _lock = new();
    private readonly SortedSet<int> _taken = [];

    public int Take()
    {
        lock (_lock)
        {
            int slot = Enumerable.Range(0, _taken.Count + 1).First(number => !_taken.Contains(number));
            _taken.Add(slot);
            return slot;
        }
    }

    public void Free(int slot)
    {
        lock (_lock)
        {
            _taken.Remove(slot);
        }
    }
}
