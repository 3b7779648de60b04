using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.Lambda;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using WhatsAppBuffer.ServiceDefaults.Logging;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>Hands the messages of a DynamoDB time-window event over to the event handler: one aggregated event per conversation.</summary>
internal sealed class Function(Outbox outbox, EventHandlerInvoker eventHandler, TimeProvider clock, ILogger log)
{
    private const int ParallelConversations = 32;
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(1);

    /// <summary>Puts the function together, once for each sandbox.</summary>
    public static Function Create(MessageAggregatorOptions options, TimeProvider clock, ILogger log) => new(
        new Outbox(new ConversationTable(new AmazonDynamoDBClient(Outbox.ClientConfig), options.TableName, clock)),
        new EventHandlerInvoker(new AmazonLambdaClient(EventHandlerInvoker.ClientConfig), options.EventHandler),
        clock,
        log);

    /// <summary>Reads an event.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not a time-window event.</exception>
    public static async Task<AggregatedBatch> ReadAsync(Stream lambdaEvent)
    {
        using var json = new MemoryStream();
        await lambdaEvent.CopyToAsync(json);
        return Aggregator.Aggregate(json.GetBuffer().AsMemory(0, (int)json.Length));
    }

    /// <summary>Handles an event.</summary>
    /// <returns>The window's state and, if any record was not handed over, the first such record.</returns>
    public async Task<Stream> HandleAsync(AggregatedBatch batch, ILambdaContext context)
    {
        var progress = new HandOverProgress();
        foreach (UnreadableRecord record in batch.Unreadable)
        {
            log.Unreadable(record.SequenceNumber, record.Reason);
            progress.Failed(record.SequenceNumber);
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(1, (context.RemainingTime - TimeToAnswer).Ticks)), clock);
        await Parallel.ForEachAsync(
            batch.Conversations,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelConversations, TaskScheduler = TaskScheduler.Current },
            async (conversation, _) => await HandOverAsync(conversation, batch.StreamArn, progress, deadline.Token));

        Telemetry.Count(batch, progress.Failures);
        if (batch.Records > 0)
        {
            log.Handled(
                batch.Records, batch.Skipped, batch.AlreadyHandedOver, batch.Duplicates, batch.Conversations.Count, progress.Failures, progress.Events);
        }

        return TimeWindowResponse.Write(batch.StateAfter(progress.FirstFailure), progress.FirstFailure);
    }

    private async Task HandOverAsync(Conversation conversation, string streamArn, HandOverProgress progress, CancellationToken cancellationToken)
    {
        foreach (HandOver handOver in conversation.HandOvers)
        {
            if (!await TryHandOverAsync(conversation.Name, handOver, streamArn, progress, cancellationToken))
            {
                return;
            }
        }
    }

    private async Task<bool> TryHandOverAsync(string conversation, HandOver handOver, string streamArn, HandOverProgress progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<MessageOrigin> origins = handOver.Origins;
        using IDisposable? scope = LogScope.OfConversation(log, conversation);
        using Activity span = Telemetry.HandOver(conversation, handOver, origins, streamArn, clock.GetUtcNow());
        try
        {
            HandOver added = await outbox.AddAsync(conversation, handOver, streamArn, cancellationToken);
            foreach (OutboxEvent outboxEvent in added.Events)
            {
                await eventHandler.InvokeAsync(outboxEvent, cancellationToken);
                progress.HandedOver();
                log.HandedOver(outboxEvent.AggregationId, outboxEvent.Messages, outboxEvent.Json.Length);
            }

            Telemetry.CountForwarded(origins, added.Events.Count, clock.GetUtcNow());
            return true;
        }
#pragma warning disable CA1031 // Whatever the reason: other conversations go on, and this one is delivered again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            span.Fail(error);
            log.NotHandedOver(handOver.FirstItemIdentifier, error);
            progress.Failed(handOver.FirstItemIdentifier);
            return false;
        }
    }
}
