using System.Collections.Concurrent;
using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Tests.Delivery;

/// <summary>An endpoint that records what it is handed, and fails as told.</summary>
internal sealed class RecordingTarget(string arnPrefix) : IDeliveryTarget
{
    private readonly ConcurrentQueue<(string Arn, DeliveryMessage Message)> _received = new();
    private int _attempts;

    /// <summary>Decides by attempt (1 for the first) whether to fail, and how.</summary>
    public Func<int, AwsException?> Fails { get; set; } = _ => null;

    public int Attempts => Volatile.Read(ref _attempts);

    public IReadOnlyList<(string Arn, DeliveryMessage Message)> Received => [.. _received];

    public IReadOnlyList<string> Bodies => [.. _received.Select(r => r.Message.Body)];

    public bool Owns(string arn) => arn.StartsWith(arnPrefix, StringComparison.Ordinal);

    public Task DeliverAsync(string arn, DeliveryMessage message, CancellationToken cancellationToken)
    {
        if (Fails(Interlocked.Increment(ref _attempts)) is { } error)
        {
            throw error;
        }

        _received.Enqueue((arn, message));
        return Task.CompletedTask;
    }
}
