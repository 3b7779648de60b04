using Microsoft.Extensions.Logging;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Media;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Release;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>
/// Delivers conversations in order, whatever Lambda does with the invocations: whoever holds a conversation's lease drains its outbox, the
/// others wait for their own aggregate to be gone. See docs/adr/0004-one-chat-per-conversation.md.
/// </summary>
internal sealed class DeliveryLoop(IOutbox outbox, IChats chats, ReleasePolicy release, AggregateDelivery delivery, TimeSpan leaseLength, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(1);

    /// <summary>When this returns, <paramref name="own"/> and the files that follow it are delivered or dead-lettered, by this invocation or by another.</summary>
    /// <exception cref="OutOfTimeException">Another invocation holds the lease, and waiting on would outlast this invocation.</exception>
    /// <exception cref="ForFilesQueueException">It waits for files, and others do that, or later.</exception>
    /// <exception cref="LookAgainException">It waits for the customer to finish, and nobody else looks when they have.</exception>
    public async Task DeliverAsync(
        OutboxItem own, DateTimeOffset now, InvocationBudget budget, CourtesyRound courtesies, IncomingFiles files, CancellationToken cancellationToken)
    {
        if (await UnderLeaseAsync(own, lease => DrainAsync(lease, own, now, budget, courtesies, files, cancellationToken), budget, files, cancellationToken) is DrainEnd.OwnIsDone)
        {
            return;
        }

        while (await outbox.FollowingAsync(own.Conversation, own.SortKey, cancellationToken) is { Count: > 0 })
        {
            await UnderLeaseAsync(own, lease => FollowAsync(lease, own, budget, courtesies, files, cancellationToken), budget, files, cancellationToken);
        }
    }

    /// <summary>Works under the lease as soon as it is free, and fetches files when it is not held.</summary>
    private async Task<DrainEnd> UnderLeaseAsync(
        OutboxItem own, Func<Lease, Task<DrainEnd>> work, InvocationBudget budget, IncomingFiles files, CancellationToken cancellationToken)
    {
        int polls = 0;
        do
        {
            if (await Lease.TryTakeAsync(chats, clock, own.Conversation, leaseLength, cancellationToken) is not { } lease)
            {
                if (!await budget.TryWaitAsync(polls++, FirstPoll, LongestPoll, cancellationToken))
                {
                    throw new OutOfTimeException(own.AggregationId);
                }

                continue;
            }

            try
            {
                return await work(lease);
            }
            catch (LeaseLostException)
            {
                log.LeaseLost(own.AggregationId);
            }
            catch (FilesNeededException needed)
            {
                await ReleaseAsync(lease, own);
                await files.FetchAsync(needed);
            }
            finally
            {
                await ReleaseAsync(lease, own);
            }
        }
        while (await outbox.ContainsAsync(own.Conversation, own.SortKey, cancellationToken));

        return DrainEnd.Unknown;
    }

    /// <summary>Delivers files that follow, each as soon as it is there.</summary>
    /// <exception cref="FilesNeededException">Some are not there yet.</exception>
    private async Task<DrainEnd> FollowAsync(
        Lease lease, OutboxItem own, InvocationBudget budget, CourtesyRound courtesies, IncomingFiles files, CancellationToken cancellationToken)
    {
        List<FilesNeededException> needed = [];
        foreach (OutboxItem file in await outbox.FollowingAsync(own.Conversation, own.SortKey, cancellationToken))
        {
            try
            {
                await lease.HoldAsync(cancellationToken);
                await delivery.DeliverAsync(file, lease, budget, courtesies, files, cancellationToken);
                await outbox.RemoveAsync(file, cancellationToken);
            }
            catch (FilesNeededException more)
            {
                needed.Add(more);
            }
        }

        return needed.Count == 0 ? DrainEnd.Unknown : throw needed[0].With(needed.SelectMany(file => file.Files));
    }

    /// <summary>Delivers the own aggregate and what waits before it, and of what waits behind it as much as was read at the same time.</summary>
    private async Task<DrainEnd> DrainAsync(
        Lease lease, OutboxItem own, DateTimeOffset now, InvocationBudget budget, CourtesyRound courtesies, IncomingFiles files, CancellationToken cancellationToken)
    {
        bool wasWholeOwn = false;
        // An earlier delivery that was interrupted may have let a file follow.
        DrainEnd End() => wasWholeOwn && !files.HasFollowing(own.SortKey) ? DrainEnd.OwnIsDone : DrainEnd.Unknown;
        while (await outbox.WaitingAsync(lease.Conversation, cancellationToken) is { Count: > 0 } waiting)
        {
            IReadOnlyList<UndecidedItem> undecided = ReleasePolicy.Undecided(waiting);
            if (undecided.Count > 0 && await delivery.FilesNeededAsync([.. undecided.Select(item => item.Item)], files, cancellationToken) is { } needed)
            {
                throw needed;
            }

            NextDelivery next = await release.NextAsync(waiting, undecided, now, cancellationToken);
            if (next.Later is { } later)
            {
                // As long as files were fetched the moment has not been looked at.
                return waiting.All(item => item.SortKey != own.SortKey) ? End()
                    : IsForOthers(own, waiting, later) ? DrainEnd.OwnIsDone
                    : throw new LookAgainException(files.HasFetched ? TimeSpan.Zero : later.At - now);
            }

            foreach (OutboxItem item in next.Items)
            {
                bool ownIsDone = string.CompareOrdinal(item.SortKey, own.SortKey) > 0;
                try
                {
                    await lease.HoldAsync(cancellationToken);
                    await delivery.DeliverAsync(item, lease, budget, courtesies, files, cancellationToken);
                    wasWholeOwn |= item.SortKey == own.SortKey && item is { Progress: null, File: null };
                    if (ReferenceEquals(item, waiting[^1]) && item.Seal is null && (ownIsDone || item.SortKey == own.SortKey))
                    {
                        await FinishAsync(lease, item, cancellationToken);
                        return End();
                    }

                    await outbox.RemoveAsync(item, cancellationToken);
                }
                catch (Exception failure) when (failure is not LeaseLostException && ownIsDone)
                {
                    // Those behind the own aggregate have invocations of their own, which will say what is wrong.
                    log.LeftToOthers(failure, item.AggregationId);
                    return End();
                }
            }
        }

        return End();
    }

    /// <summary>
    /// Whether others look at what waits: whoever came with what is newest, or with what is to go then in any case. So each flush has one who looks after it, and those before it are done.
    /// </summary>
    private static bool IsForOthers(OutboxItem own, IReadOnlyList<OutboxItem> waiting, ReleaseDecision.LookAgain later) =>
        !later.IsLast && string.CompareOrdinal(waiting[^1].SortKey, own.SortKey) > 0;

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

/// <summary>What an invocation knows of its own aggregate when it is no longer in the outbox.</summary>
internal enum DrainEnd
{
    /// <summary>Another invocation may have delivered it, or files follow it.</summary>
    Unknown,

    /// <summary>It is done, and nothing follows it.</summary>
    OwnIsDone,
}

/// <summary>The invocation's time is over and its aggregate still waits: Lambda's retry will look again.</summary>
internal sealed class OutOfTimeException(string aggregationId)
    : Exception($"The invocation's time ended while aggregate {aggregationId} was still waiting for delivery; it is kept in the outbox.");
