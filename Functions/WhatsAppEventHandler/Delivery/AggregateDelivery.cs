using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.Contracts.Text;
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
        string[] texts = [.. Texts(aggregate, chatSettings)];
        if (texts.Length == 0)
        {
            log.NothingToShow(item.AggregationId);
            return;
        }

        courtesies.Seen(aggregate);
        try
        {
            var session = new ChatSession(connect, chatSettings, options.TopicArn, lease, new TransientRetry(lease, budget, log), aggregate, log);
            await SendAsync(item, texts, session, cancellationToken);
        }
        catch (ConnectException refusal) when (refusal.Failure is ConnectFailure.Refused)
        {
            await BuryAsync(new DeadLetter(item, refusal.Message, refusal.ErrorCode), cancellationToken);
            return;
        }

        courtesies.Delivered(aggregate);
        Telemetry.CountDelivered();
        log.Delivered(item.AggregationId, texts.Length);
    }

    /// <summary>One for each Connect message. A part of nothing but white space shows nothing, and Connect might refuse it.</summary>
    private IEnumerable<string> Texts(Aggregate aggregate, ChatSettings chatSettings) =>
        from text in AgentText.Render(aggregate.Messages, chatSettings.IgnoreReactions, chatSettings.IgnoreStickers)
        from piece in TextSplitter.Split(text, options.MaxMessageCharacters, TextUnit.Utf16Chars)
        where !string.IsNullOrWhiteSpace(piece.Text)
        select piece.Text;

    private async Task SendAsync(OutboxItem item, string[] texts, ChatSession session, CancellationToken cancellationToken)
    {
        string rendering = Idempotency.Token(texts);
        int accepted = item.Progress is { } progress && progress.Rendering == rendering ? progress.Accepted : 0;
        for (int i = accepted; i < texts.Length; i++)
        {
            await session.SendAsync(i, texts[i], cancellationToken);
            if (i + 1 < texts.Length)
            {
                await outbox.NoteAsync(item, new DeliveryProgress(i + 1, rendering), cancellationToken);
            }
        }
    }

    private async Task BuryAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        if (deadLetters is null)
        {
            throw new UndeliverableException(letter.Item.AggregationId, letter.ErrorCode);
        }

        await deadLetters.SendAsync(letter, cancellationToken);
        Telemetry.CountDeadLettered(letter.ErrorCode);
        log.DeadLettered(letter.Item.AggregationId, letter.ErrorCode);
    }
}

/// <summary>An aggregate can never be delivered, and there is no queue to keep it: it stays in the outbox and blocks its conversation.</summary>
internal sealed class UndeliverableException(string aggregationId, string errorCode)
    : Exception($"Aggregate {aggregationId} cannot be delivered ({errorCode}) and blocks its conversation: set DEAD_LETTER_QUEUE_URL so that it can be put aside.");
