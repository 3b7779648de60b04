using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.ServiceDefaults.Logging;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>The handler: an aggregated event in; out when the agent has it, or a failure for Lambda to retry.</summary>
/// <param name="outbox">What waits.</param>
/// <param name="conversations">Delivers it.</param>
/// <param name="whatsApp">For courtesies; null sends none.</param>
/// <param name="clock">All time is measured with it.</param>
/// <param name="random">Spreads waits.</param>
/// <param name="log">Ids only.</param>
internal sealed class Function(
    IOutbox outbox, Conversations conversations, IWhatsApp? whatsApp, TimeProvider clock, Random random, ILogger log)
{
    /// <summary>Kept back from the invocation's time: to release the lease, finish the courtesies, and report a failure.</summary>
    public static readonly TimeSpan Margin = CourtesyRound.Patience + TimeSpan.FromSeconds(2);

    /// <param name="value">The event; one without <see cref="AggregatedEvent.Aggregation"/> is put into the outbox first.</param>
    /// <param name="json">The event as it came.</param>
    /// <param name="remaining">How long Lambda lets the invocation run.</param>
    public async Task HandleAsync(AggregatedEvent value, string json, TimeSpan remaining)
    {
        TimeSpan working = remaining - Margin;
        if (working <= TimeSpan.Zero)
        {
            throw new InvalidOperationException($"The function's time-out leaves {remaining} and needs more than {Margin}: raise it.");
        }

        if (value.Messages.Count == 0)
        {
            Log.NoMessages(log);
            return;
        }

        using var end = new CancellationTokenSource(working, clock);
        var time = new Time(clock, random, clock.GetUtcNow() + working);
        OutboxItem own = EventJson.ToOutboxItem(value, json);
        using IDisposable? scope = LogScope.OfConversation(log, own.Conversation);
        if (value.Aggregation is null)
        {
            await outbox.AdmitAsync(own, end.Token);
        }

        using var courtesies = new CourtesyRound(whatsApp, clock, log);
        try
        {
            await conversations.DeliverAsync(own, time, courtesies, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            throw new OutOfTimeException(own.AggregationId);
        }
        finally
        {
            await courtesies.FinishAsync();
        }
    }
}
