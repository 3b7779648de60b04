using System.Runtime.InteropServices;
using Amazon.Lambda;
using Amazon.Lambda.Model;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>Invokes the event handler asynchronously with the whole event, as the guide does: its own handler reads no outbox.</summary>
internal sealed class EventHandlerInvoker(IAmazonLambda lambda, string functionName) : IEventHandler
{
    /// <summary>More than the SDK's three attempts: with a burst of 250 conversations Lambda may throttle the invocations for a moment.</summary>
    public static AmazonLambdaConfig ClientConfig => new() { MaxErrorRetry = 4, Timeout = TimeSpan.FromSeconds(5) };

    public async Task WakeAsync(WakeUp wakeUp, ReadOnlyMemory<byte> aggregatedEvent, CancellationToken cancellationToken)
    {
        MemoryMarshal.TryGetArray(aggregatedEvent, out ArraySegment<byte> json);
        using var payload = new MemoryStream(json.Array!, json.Offset, json.Count, writable: false);
        await lambda.InvokeAsync(
            new InvokeRequest { FunctionName = functionName, InvocationType = InvocationType.Event, PayloadStream = payload },
            cancellationToken);
    }
}
