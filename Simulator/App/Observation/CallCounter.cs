using System.Collections.Concurrent;
using LocalAws.Endpoint;

namespace WhatsAppBuffer.Simulator.App.Observation;

/// <summary>How often each operation was called, and how often it failed with which code.</summary>
internal sealed class CallCounter
{
    private readonly ConcurrentDictionary<string, long> _calls = new(StringComparer.Ordinal);

    /// <summary>By <c>service.Operation</c>, failed calls by <c>service.Operation ErrorCode</c>.</summary>
    public IReadOnlyDictionary<string, long> Snapshot() => new SortedDictionary<string, long>(_calls, StringComparer.Ordinal);

    public void OnCall(AwsCall call) =>
        _calls.AddOrUpdate(call.ErrorCode is null ? $"{call.Service}.{call.Operation}" : $"{call.Service}.{call.Operation} {call.ErrorCode}", 1, (_, count) => count + 1);
}
