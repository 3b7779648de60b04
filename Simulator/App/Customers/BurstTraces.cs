using System.Collections.Concurrent;
using System.Diagnostics;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>
/// Where traces begin: at the customer. Messages that follow each other within the buffer's length are one burst, and a burst is one trace,
/// its root the span <c>customer sends</c>, with a producer span for each message beneath.
/// </summary>
/// <param name="pause">A customer silent for longer begins a new burst.</param>
/// <param name="clock">Measures the silence.</param>
internal sealed class BurstTraces(TimeSpan pause, TimeProvider clock)
{
    private const string Destination = Topics.WhatsAppIn;

    private static readonly ActivitySource Source = new("WhatsAppBuffer.Customers");

    private readonly ConcurrentDictionary<string, Burst> _bursts = [];

    /// <summary>Begins the span of publishing a message; null when nobody listens.</summary>
    /// <param name="customer">Who sends.</param>
    /// <param name="messageId">WhatsApp's id of the message.</param>
    public Activity? Send(string customer, string messageId)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        Burst burst = _bursts.AddOrUpdate(
            customer,
            _ => new Burst(Begin(), clock.GetTimestamp()),
            (_, last) => clock.GetElapsedTime(last.Latest) > pause ? new Burst(Begin(), clock.GetTimestamp()) : last with { Latest = clock.GetTimestamp() });
        return Source.StartActivity($"send {Destination}", ActivityKind.Producer, burst.Root)
            ?.SetTag("messaging.system", "aws.sns")
            .SetTag("messaging.operation.name", "publish")
            .SetTag("messaging.operation.type", "send")
            .SetTag("messaging.destination.name", Destination)
            .SetTag("messaging.message.id", messageId);
    }

    /// <summary>A root of its own: the customer knows nothing of the request to the simulator that made them write.</summary>
    private static ActivityContext Begin()
    {
        Activity? request = Activity.Current;
        Activity.Current = null;
        try
        {
            using Activity? root = Source.StartActivity("customer sends");
            return root?.Context ?? default;
        }
        finally
        {
            Activity.Current = request;
        }
    }

    private sealed record Burst(ActivityContext Root, long Latest);
}
