using Microsoft.Extensions.Logging;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>
/// Repeats a call to Connect that failed transiently, with exponential back-off, while the lease is held and the invocation has time left;
/// then lets the failure through, so that the outbox keeps the aggregate for the next invocation.
/// </summary>
internal sealed class TransientRetry(Lease lease, InvocationBudget budget, ILogger log)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            await lease.HoldAsync(cancellationToken);
            try
            {
                return await call(cancellationToken);
            }
            catch (ConnectException failure) when (failure.Failure is ConnectFailure.Transient)
            {
                log.CallFailed(failure.Operation, failure.ErrorCode, attempt + 1);
                if (!await budget.TryWaitAsync(attempt, First, Longest, cancellationToken))
                {
                    throw;
                }
            }
        }
    }
}
