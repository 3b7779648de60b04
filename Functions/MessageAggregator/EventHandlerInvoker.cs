using System.Runtime.InteropServices;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using WhatsAppBuffer.MessageAggregator.Aggregation;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>Invokes the event handler asynchronously.</summary>
internal sealed class EventHandlerInvoker(IAmazonLambda lambda, string functionName)
{
    /// <summary>More than the SDK's three attempts: with a burst of 250 conversations Lambda may throttle the invocations for a moment.</summary>
    public static AmazonLambdaConfig ClientConfig => new() { MaxErrorRetry = 4, Timeout = TimeSpan.FromSeconds(5) };

    /// <exception cref="AmazonLambdaException">Lambda did not take the event.</exception>
    public async Task InvokeAsync(OutboxEvent outboxEvent, CancellationToken cancellationToken)
    {
        MemoryMarshal.TryGetArray(outboxEvent.Json, out ArraySegment<byte> json);
        using var payload = new MemoryStream(json.Array!, json.Offset, json.Count, writable: false);
        await lambda.InvokeAsync(
            new InvokeRequest { FunctionName = functionName, InvocationType = InvocationType.Event, PayloadStream = payload },
            cancellationToken);
    }
}
