using System.Collections.Concurrent;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;

namespace LocalAws.Lambda.Invocations;

/// <summary>
/// The internal queue of one function's asynchronous invocations. It never asks for more concurrency than the function has, so throttles
/// come only where synchronous callers use it up. The cloud's clock times the retries.
/// </summary>
internal sealed class AsyncQueue(HostedFunction function, DeliveryRouter router, TimeProvider clock) : IAsyncDisposable
{
    private readonly SemaphoreSlim _slots = new(Math.Max(1, function.Fleet.Concurrency));
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _stop = new();
    private int _depth;

    /// <summary>Events accepted and not yet ended, the ones under way included.</summary>
    public int Depth => Volatile.Read(ref _depth);

    /// <summary>Raised when a destination or dead-letter queue could not take a record: function name, ARN, error.</summary>
    public event Action<string, string, AwsException>? DeliveryFailed;

    /// <summary>Accepts an event; it runs later.</summary>
    public void Accept(InvocationRequest request)
    {
        Interlocked.Increment(ref _depth);
        Task run = Task.Run(() => RunAsync(request, new AsyncProgress(clock.GetUtcNow())));
        _running[run] = true;
        _ = run.ContinueWith(t => _running.TryRemove(t, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _slots.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(InvocationRequest request, AsyncProgress progress)
    {
        try
        {
            InvocationResult? last = null;
            while (true)
            {
                (AsyncDecision decision, last) = function.Fleet.Concurrency == 0
                    ? (new AsyncDecision.End(AsyncRetryPolicy.RetriesExhausted, progress), null)
                    : await AttemptAsync(request, progress, last);
                if (decision is AsyncDecision.End end)
                {
                    await EndAsync(request, end, last);
                    return;
                }

                var retry = (AsyncDecision.Retry)decision;
                progress = retry.Progress;
                await Task.Delay(retry.After, clock, _stop.Token);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _depth);
        }
    }

    private async Task<(AsyncDecision Decision, InvocationResult? Last)> AttemptAsync(InvocationRequest request, AsyncProgress progress, InvocationResult? last)
    {
        await WaitForSlotAsync();
        try
        {
            InvocationResult result = await function.InvokeAsync(request, _stop.Token).WaitAsync(_stop.Token);
            AsyncDecision decision = result.FunctionError is null
                ? AsyncRetryPolicy.Succeeded(progress)
                : AsyncRetryPolicy.Failed(function.AsyncInvocation, progress, clock.GetUtcNow());
            return (decision, result);
        }
#pragma warning disable CA1031 // Throttled or broken on our side (AWS: 429 and 5xx): the event goes back to the queue, it is never lost.
        catch (Exception e) when (!_stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (e is not AwsException)
            {
                function.Log.Write("asynchronous invocations", $"{request.RequestId} could not be attempted and will be again: {e}");
            }

            return (AsyncRetryPolicy.Throttled(function.AsyncInvocation, progress, clock.GetUtcNow()), last);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task WaitForSlotAsync()
    {
        using IDisposable waiting = function.Fleet.Backlog.Wait();
        await _slots.WaitAsync(_stop.Token);
    }

    private async Task EndAsync(InvocationRequest request, AsyncDecision.End end, InvocationResult? last)
    {
        bool success = end.Condition == AsyncRetryPolicy.Success;
        if ((success ? function.AsyncInvocation.OnSuccess : function.AsyncInvocation.OnFailure) is { } destination)
        {
            await DeliverAsync(destination, AsyncRecords.Destination(request, function.Arn, end, last, clock.GetUtcNow()));
        }

        if (!success && function.Definition.DeadLetterTargetArn is { } deadLetters)
        {
            await DeliverAsync(deadLetters, AsyncRecords.DeadLetter(request, last));
        }
    }

    private async Task DeliverAsync(string arn, DeliveryMessage message)
    {
        try
        {
            await router.DeliverAsync(arn, message, _stop.Token);
        }
        catch (AwsException error)
        {
            Tell(arn, error);
        }
#pragma warning disable CA1031 // Whatever a destination throws: a record that is lost is told of.
        catch (Exception error) when (!_stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Tell(arn, AwsException.InternalFailure(error));
        }
    }

    private void Tell(string arn, AwsException error) => DeliveryFailed?.Invoke(function.Definition.Name, arn, error);
}
