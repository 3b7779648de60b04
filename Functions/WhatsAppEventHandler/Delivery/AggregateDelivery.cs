using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.ServiceDefaults.Telemetry;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>Takes one aggregate to the agent, or to the dead letters.</summary>
internal sealed class AggregateDelivery(
    IOutbox outbox, IConnect connect, IDeadLetters? deadLetters, SettingsSource<ChatSettings> settings, WhatsAppEventHandlerOptions options, ILogger log)
{
    /// <summary>When this returns, the aggregate's work is done and it may leave the outbox.</summary>
    public async Task DeliverAsync(OutboxItem item, Lease lease, InvocationBudget budget, CourtesyRound courtesies, CancellationToken cancellationToken)
    {
        Aggregate aggregate;
        try
        {
            aggregate = Aggregate.Parse(item.AggregationId, item.Event);
        }
        catch (JsonException unreadable)
        {
            await BuryAsync(new DeadLetter(item, unreadable.Message, "UnreadableEvent"), cancellationToken);
            return;
        }

        using Activity span = Telemetry.Deliver(item, aggregate);
        try
        {
            await DeliverAsync(item, aggregate, lease, budget, courtesies, cancellationToken);
        }
        catch (Exception failure)
        {
            span.Fail(failure);
            Telemetry.CountFailed(failure);
            throw;
        }
    }

    private async Task DeliverAsync(
        OutboxItem item, Aggregate aggregate, Lease lease, InvocationBudget budget, CourtesyRound courtesies, CancellationToken cancellationToken)
    {
        ChatSettings chatSettings = await settings.GetAsync(cancellationToken);
        long newest = lease.Chat.NewestMessage;
        JsonElement[] shown = [.. AgentText.Shown(aggregate.Messages, chatSettings.IgnoreReactions, chatSettings.IgnoreStickers)];
        bool[] isLate = aggregate.Lateness(shown, newest);
        IReadOnlyList<Part> parts = Part.Of(aggregate, shown, options.MaxMessageCharacters, i => isLate[i] ? chatSettings.LateMarker : null, chatSettings.Texts);
        if (parts.Count == 0)
        {
            log.NothingToShow(item.AggregationId);
            return;
        }

        courtesies.Seen(aggregate);
        var session = new ChatSession(connect, chatSettings, options.TopicArn, lease, new TransientRetry(lease, budget, log), aggregate, log);
        int refused = await SendAsync(item, aggregate, parts, session, lease, cancellationToken);
        lease.Delivered(aggregate.NewestTimestamp);
        if (isLate.Count(late => late) is > 0 and var late)
        {
            Telemetry.CountLate(late);
            log.Late(item.AggregationId, late);
        }

        if (refused < parts.Count)
        {
            courtesies.Delivered(aggregate);
            Telemetry.CountDelivered();
            log.Delivered(item.AggregationId, parts.Count - refused);
        }
    }

    /// <summary>Sends what was not done before. A part that Connect refuses is put aside, and the others go on.</summary>
    /// <returns>How many were put aside.</returns>
    private async Task<int> SendAsync(
        OutboxItem item, Aggregate aggregate, IReadOnlyList<Part> parts, ChatSession session, Lease lease, CancellationToken cancellationToken)
    {
        string rendering = Idempotency.Token([.. parts.Select(part => part.Text)]);
        DeliveryProgress progress = item.Progress is { } noted && noted.Rendering == rendering ? noted : new DeliveryProgress(0, rendering);
        int refused = 0;
        while (progress.Done < parts.Count)
        {
            Part part = parts[progress.Done];
            if (progress.Refusal is null && await TrySendAsync(part, session, cancellationToken) is { } refusal)
            {
                ThrowWithoutQueue(item, refusal);
                progress = progress with { Refusal = refusal };
                // First, so that it is sent no more, whoever goes on: a part must not be both in a chat and in a letter.
                await NoteAsync(item, progress, lease, cancellationToken);
            }

            if (progress.Refusal is { } final)
            {
                int times = aggregate.Refused is { Times: var before } ? before + 1 : 0;
                await BuryAsync(new DeadLetter(item with { Event = part.ToEvent(item, times) }, final.Reason, final.ErrorCode), cancellationToken);
                refused++;
            }

            progress = new DeliveryProgress(progress.Done + 1, rendering);
            if (progress.Done < parts.Count)
            {
                await NoteAsync(item, progress, lease, cancellationToken);
            }
        }

        return refused;
    }

    private static async Task<PartRefusal?> TrySendAsync(Part part, ChatSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.SendAsync(part, cancellationToken);
            return null;
        }
        catch (ConnectException refusal) when (refusal.Failure is ConnectFailure.Refused)
        {
            return new PartRefusal(refusal.ErrorCode, refusal.Message);
        }
    }

    /// <exception cref="LeaseLostException">Another invocation is further.</exception>
    private async Task NoteAsync(OutboxItem item, DeliveryProgress progress, Lease lease, CancellationToken cancellationToken)
    {
        await lease.HoldAsync(cancellationToken);
        if (!await outbox.TryNoteAsync(item, progress, cancellationToken))
        {
            throw new LeaseLostException();
        }
    }

    private async Task BuryAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        ThrowWithoutQueue(letter.Item, new PartRefusal(letter.ErrorCode, letter.Reason));
        await deadLetters!.SendAsync(letter, cancellationToken);
        Telemetry.CountDeadLettered(letter.ErrorCode);
        log.DeadLettered(letter.Item.AggregationId, letter.ErrorCode);
    }

    private void ThrowWithoutQueue(OutboxItem item, PartRefusal refusal)
    {
        if (deadLetters is null)
        {
            throw new UndeliverableException(item.AggregationId, refusal.ErrorCode);
        }
    }
}

/// <summary>An aggregate can never be delivered, and there is no queue to keep it: it stays in the outbox and blocks its conversation.</summary>
internal sealed class UndeliverableException(string aggregationId, string errorCode)
    : Exception($"Aggregate {aggregationId} cannot be delivered ({errorCode}) and blocks its conversation: set DEAD_LETTER_QUEUE_URL so that it can be put aside.");
