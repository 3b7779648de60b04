using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests.World;

/// <summary>Lambda's own queue of asynchronous events, with its retries and, after them, a dead letter.</summary>
internal sealed class AsynchronousInvocations(Cloud cloud, FunctionSpec function) : ICarrier
{
    private static readonly AsyncInvocationSettings Settings = new();

    public void Accept(byte[] payload, TimeSpan delay) => cloud.Begin(() => InvokeAsync(payload, delay));

    private async Task InvokeAsync(byte[] payload, TimeSpan delay)
    {
        await cloud.DelayAsync(delay + TimeSpan.FromMilliseconds(cloud.Random.Next(1, 1_000)));
        var progress = new AsyncProgress(cloud.Clock.GetUtcNow());
        while (await TryAsync(payload, progress) is { } next)
        {
            if (next is not AsyncDecision.Retry retry)
            {
                cloud.DeadLetters.Enqueue((this, payload));
                return;
            }

            progress = retry.Progress;
            await cloud.DelayAsync(retry.After);
        }
    }

    private async Task<AsyncDecision?> TryAsync(byte[] payload, AsyncProgress progress)
    {
        try
        {
            return (await cloud.Lambda.InvokeAsync(function.Name, payload, CancellationToken.None)).FunctionError is null
                ? null
                : AsyncRetryPolicy.Failed(Settings, progress, cloud.Clock.GetUtcNow());
        }
        catch (AwsException)
        {
            return AsyncRetryPolicy.Throttled(Settings, progress, cloud.Clock.GetUtcNow());
        }
    }
}
