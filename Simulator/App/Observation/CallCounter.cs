using System.Collections.Concurrent;
using LocalAws.Endpoint;

namespace WhatsAppBuffer.Simulator.App.Observation;

/// <summary>How often each operation was called, and how often it failed with which code: 1,000 names, and the others together.</summary>
internal sealed class CallCounter
{
    private const int MaxNames = 1_000;
    private const string Others = "others";

    private readonly ConcurrentDictionary<string, long> _calls = new(StringComparer.Ordinal);
    private int _names;

    /// <summary>By <c>service.Operation</c>, failed calls by <c>service.Operation ErrorCode</c>.</summary>
    public IReadOnlyDictionary<string, long> Snapshot() => new SortedDictionary<string, long>(_calls, StringComparer.Ordinal);

    public void OnCall(AwsCall call)
    {
        string name = call.ErrorCode is null ? $"{call.Service}.{call.Operation}" : $"{call.Service}.{call.Operation} {call.ErrorCode}";
        // Anybody may call an operation by any name.
        if (!_calls.ContainsKey(name) && Interlocked.Increment(ref _names) > MaxNames)
        {
            name = Others;
        }

        _calls.AddOrUpdate(name, 1, (_, count) => count + 1);
    }
}
