namespace WhatsAppBuffer.Contracts.Batching;

/// <summary>
/// Sends requests together that are asked for while others are under way: nobody waits for others to come, and the more there is to do, the more goes at once.
/// </summary>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TAnswer">What is answered to each.</typeparam>
/// <param name="capacity">What goes at once at the most; a request that is heavier goes alone.</param>
/// <param name="sideBySide">How many calls are under way at the same time at the most.</param>
/// <param name="weigh">How much of the capacity a request takes.</param>
/// <param name="sendAsync">The call: as many answers as requests, in their order. When it fails, it fails for all of them. Its token is the first request's.</param>
public sealed class Batcher<TRequest, TAnswer>(
    int capacity, int sideBySide, Func<TRequest, int> weigh, Func<IReadOnlyList<TRequest>, CancellationToken, Task<IReadOnlyList<TAnswer>>> sendAsync)
{
    private readonly Lock _lock = new();
    private readonly Queue<Asked> _asked = [];
    private int _senders;

    /// <summary>Asks.</summary>
    /// <param name="request">What.</param>
    /// <param name="cancellationToken">Stops the call, for all that go with it.</param>
    /// <returns>The answer to this request.</returns>
    public Task<TAnswer> AskAsync(TRequest request, CancellationToken cancellationToken)
    {
        var asked = new Asked(request, cancellationToken);
        lock (_lock)
        {
            _asked.Enqueue(asked);
            if (_senders == sideBySide)
            {
                return asked.Answer.Task;
            }

            _senders++;
        }

        _ = SendAllAsync();
        return asked.Answer.Task;
    }

    /// <summary>Never fails: whoever asked is told what became of it.</summary>
    private async Task SendAllAsync()
    {
        while (Next() is { Count: > 0 } together)
        {
            try
            {
                IReadOnlyList<TAnswer> answers = await sendAsync([.. together.Select(asked => asked.Request)], together[0].CancellationToken);
                foreach ((Asked asked, TAnswer answer) in together.Zip(answers))
                {
                    asked.Answer.SetResult(answer);
                }
            }
#pragma warning disable CA1031 // Whatever the reason.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                together.ForEach(asked => asked.Answer.TrySetException(failure));
            }
        }
    }

    private List<Asked> Next()
    {
        lock (_lock)
        {
            List<Asked> together = [];
            for (int room = capacity; _asked.TryPeek(out Asked? asked) && (together.Count == 0 || weigh(asked.Request) <= room);)
            {
                together.Add(_asked.Dequeue());
                room -= weigh(asked.Request);
            }

            _senders -= together.Count == 0 ? 1 : 0;
            return together;
        }
    }

    private sealed record Asked(TRequest Request, CancellationToken CancellationToken)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
