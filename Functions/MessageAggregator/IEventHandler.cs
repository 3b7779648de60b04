namespace WhatsAppBuffer.MessageAggregator;

/// <summary>The event handler, which nobody waits for.</summary>
internal interface IEventHandler
{
    /// <summary>Tells it of an aggregate. When this returns, AWS has taken it on itself to tell.</summary>
    /// <param name="wakeUp">Where the aggregate is.</param>
    /// <param name="aggregatedEvent">The aggregate itself, as UTF-8 JSON.</param>
    /// <param name="cancellationToken">Stops telling.</param>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">It is not known whether it will be told.</exception>
    Task WakeAsync(WakeUp wakeUp, ReadOnlyMemory<byte> aggregatedEvent, CancellationToken cancellationToken);
}
