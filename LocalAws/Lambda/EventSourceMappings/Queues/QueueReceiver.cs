using LocalAws.Endpoint;
using LocalAws.Sqs;

namespace LocalAws.Lambda.EventSourceMappings.Queues;

/// <summary>One receive at a time, for as long as SQS lets it wait; it can be called off, and loses nothing then.</summary>
internal sealed class QueueReceiver(SqsEngine queues, string queueName, TimeProvider clock) : IDisposable
{
    private const int LongestWaitSeconds = 20;

    private static readonly TimeSpan ErrorPause = TimeSpan.FromSeconds(1);

    private Task<IReadOnlyList<ReceivedMessage>>? _pending;
    private CancellationTokenSource _stop = new();

    /// <summary>Why the last receive failed; null when it did not.</summary>
    public string? LastError { get; private set; }

    /// <summary>The receive under way; begins one if there is none.</summary>
    public Task BeginAsync(int maximum) => _pending ??= ReceiveAsync(maximum, _stop.Token);

    /// <summary>What a receive that has ended has brought.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> TakeAsync()
    {
        if (_pending is not { IsCompleted: true } ended)
        {
            return [];
        }

        _pending = null;
        return await ended;
    }

    /// <summary>Calls the receive off. It may have brought something meanwhile, which is to be taken.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> TryStopAsync()
    {
        if (_pending is null)
        {
            return false;
        }

        await _stop.CancelAsync();
        await _pending;
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        return true;
    }

    public void Dispose() => _stop.Dispose();

    private async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int maximum, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<ReceivedMessage> received = await queues.ReceiveMessageAsync(
                queueName, maximum, waitTimeSeconds: LongestWaitSeconds, cancellationToken: cancellationToken);
            LastError = null;
            return received;
        }
        catch (OperationCanceledException)
        {
            return [];
        }
        catch (AwsException e)
        {
            LastError = $"Receiving from the queue failed: {e.Message}";
            await Task.Delay(ErrorPause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return [];
        }
    }
}
