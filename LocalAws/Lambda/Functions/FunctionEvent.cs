using LocalAws.Lambda.Invocations;

namespace LocalAws.Lambda.Functions;

/// <summary>An event that a function was invoked with.</summary>
/// <param name="Id">The invocation's request id.</param>
/// <param name="At">When it was first invoked, on the cloud's clock.</param>
/// <param name="Payload">The event.</param>
/// <param name="ClientContext">The caller's client context as JSON, or null.</param>
public sealed record FunctionEvent(string Id, DateTimeOffset At, ReadOnlyMemory<byte> Payload, string? ClientContext)
{
    /// <summary>How often the function was invoked with it: more than once when its caller tried again.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Whether the function is at work on it.</summary>
    public bool UnderWay { get; init; } = true;

    /// <summary>What the last attempt failed with, or null.</summary>
    public string? Error { get; init; }
}

/// <summary>The last events of a function: at most <see cref="MaxEvents"/>, and <see cref="MaxBytes"/> of payload; the oldest go first.</summary>
/// <param name="clock">The cloud's clock.</param>
internal sealed class FunctionEvents(TimeProvider clock)
{
    public const int MaxEvents = 50;

    /// <summary>8 MB: the largest event, and some others beside it.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly LinkedList<FunctionEvent> _events = [];
    private int _bytes;

    /// <summary>All that are kept, the oldest first.</summary>
    public IReadOnlyList<FunctionEvent> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    public void Begin(InvocationRequest request)
    {
        lock (_lock)
        {
            if (Find(request.RequestId) is { } again)
            {
                again.Value = again.Value with { Attempts = again.Value.Attempts + 1, UnderWay = true, Error = null };
                return;
            }

            _events.AddLast(new FunctionEvent(request.RequestId, clock.GetUtcNow(), request.Payload, request.ClientContext));
            _bytes += request.Payload.Length;
            while (_events.Count > MaxEvents || _bytes > MaxBytes)
            {
                _bytes -= _events.First!.Value.Payload.Length;
                _events.RemoveFirst();
            }
        }
    }

    public void End(string id, string? error)
    {
        lock (_lock)
        {
            if (Find(id) is { } ended)
            {
                ended.Value = ended.Value with { UnderWay = false, Error = error };
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _events.Clear();
            _bytes = 0;
        }
    }

    /// <summary>From the end, because what begins or ends is new.</summary>
    private LinkedListNode<FunctionEvent>? Find(string id)
    {
        LinkedListNode<FunctionEvent>? node = _events.Last;
        while (node is not null && node.Value.Id != id)
        {
            node = node.Previous;
        }

        return node;
    }
}
