using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.ConnectEventHandler.Replies;

/// <summary>
/// Sends a conversation's replies in order, whatever Lambda does with the invocations: whoever holds the conversation's lease sends all that waits, the
/// others wait for their own reply to be gone. It is another lease than the one of the customer's messages: neither way waits for the other.
/// </summary>
internal sealed class ReplyLoop(IReplies replies, ReplyDelivery delivery, TimeSpan leaseLength, TimeProvider clock, ILogger log)
{
    /// <summary>Two answers that are written at once come by two invocations, in any order: the first waits for the other, which an agent's eye does not notice.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>When this returns, <paramref name="own"/> is sent or put aside, by this invocation or by another.</summary>
    /// <exception cref="OperationCanceledException">The invocation's time is over.</exception>
    public async Task SendAsync(Reply own, CancellationToken cancellationToken)
    {
        while (await replies.FindAsync(own, cancellationToken) is not null)
        {
            if (await ReplyLease.TryTakeAsync(replies, own.Conversation, leaseLength, clock, cancellationToken) is { } lease)
            {
                await DrainAsync(own, lease, cancellationToken);
            }
            else
            {
                await Task.Delay(Poll, clock, cancellationToken);
            }
        }
    }

    private async Task DrainAsync(Reply own, ReplyLease lease, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Settling, clock, cancellationToken);
            while (await replies.WaitingAsync(own.Conversation, cancellationToken) is { Count: > 0 } waiting)
            {
                foreach (Reply reply in waiting)
                {
                    await delivery.SendAsync(reply, lease, cancellationToken);
                    await replies.RemoveAsync(reply, cancellationToken);
                    if (lease.Sent(reply))
                    {
                        Telemetry.CountLate();
                        log.SentLate(reply.MessageId);
                    }
                }
            }
        }
        catch (ReplyLeaseLostException)
        {
            log.LeaseLost(own.MessageId);
        }
        finally
        {
            await lease.ReleaseAsync();
        }
    }
}
