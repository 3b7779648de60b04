using Microsoft.Extensions.Logging;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>
/// Delivers conversations in order, whatever Lambda does with the invocations: whoever holds a conversation's lease drains its outbox, the
/// others wait for their own aggregate to be gone. See docs/adr/0004-one-chat-per-conversation.md.
/// </summary>
internal sealed class DeliveryLoop(IOutbox outbox, IChats chats, AggregateDelivery delivery, TimeSpan leaseLength, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(1);

    /// <summary>When this returns, <paramref name="own"/> is delivered or dead-lettered, by this invocation or by another.</summary>
    /// <exception cref="OutOfTimeException">Another invocation holds the lease, and waiting on would outlast this invocation.</exception>
    public async Task DeliverAsync(OutboxItem own, InvocationBudget budget, CourtesyRound courtesies, CancellationToken cancellationToken)
    {
        int polls = 0;
        do
        {
            if (await Lease.TryTakeAsync(chats, clock, own.Conversation, leaseLength, cancellationToken) is { } lease)
            {
                if (await TryDrainAsync(lease, own, budget, courtesies, cancellationToken))
                {
                    return;
                }
            }
            else if (!await budget.TryWaitAsync(polls++, FirstPoll, LongestPoll, cancellationToken))
            {
                throw new OutOfTimeException(own.AggregationId);
            }
        }
        while (await outbox.ContainsAsync(own.Conversation, own.SortKey, cancellationToken));
    }

    /// <returns>False when the lease was lost on the way; else the own aggregate is done.</returns>
    private async Task<bool> TryDrainAsync(Lease lease, OutboxItem own, InvocationBudget budget, CourtesyRound courtesies, CancellationToken cancellationToken)
    {
        try
        {
            while (await outbox.WaitingAsync(lease.Conversation, cancellationToken) is { Count: > 0 } waiting)
            {
                foreach (OutboxItem item in waiting)
                {
                    bool ownIsDone = string.CompareOrdinal(item.SortKey, own.SortKey) > 0;
                    try
                    {
                        await lease.HoldAsync(cancellationToken);
                        await delivery.DeliverAsync(item, lease, budget, courtesies, cancellationToken);
                        if (ReferenceEquals(item, waiting[^1]) && (ownIsDone || item.SortKey == own.SortKey))
                        {
                            await FinishAsync(lease, item, cancellationToken);
                            return true;
                        }

                        await outbox.RemoveAsync(item, cancellationToken);
                    }
                    catch (Exception failure) when (failure is not LeaseLostException && ownIsDone)
                    {
                        // Those behind the own aggregate have invocations of their own, which will say what is wrong.
                        log.LeftToOthers(failure, item.AggregationId);
                        return true;
                    }
                }
            }

            return true;
        }
        catch (LeaseLostException)
        {
            log.LeaseLost(own.AggregationId);
            return false;
        }
        finally
        {
            await ReleaseAsync(lease, own);
        }
    }

    /// <summary>One call instead of two for what nearly every delivery ends with.</summary>
    private async Task FinishAsync(Lease lease, OutboxItem last, CancellationToken cancellationToken)
    {
        if (!await lease.TryReleaseAsync(last, cancellationToken))
        {
            await outbox.RemoveAsync(last, cancellationToken);
        }
    }

    private async Task ReleaseAsync(Lease lease, OutboxItem own)
    {
        try
        {
            await lease.ReleaseAsync(CancellationToken.None);
        }
        catch (Exception failure)
        {
            // It ends by itself, a little later.
            log.ReleaseFailed(failure, own.AggregationId);
        }
    }
}

/// <summary>The invocation's time is over and its aggregate still waits: Lambda's retry will look again.</summary>
internal sealed class OutOfTimeException(string aggregationId)
    : Exception($"The invocation's time ended while aggregate {aggregationId} was still waiting for delivery; it is kept in the outbox.");
