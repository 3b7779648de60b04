using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.Lambda;
using Amazon.Lambda.Core;
using Amazon.SQS;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using WhatsAppBuffer.ServiceDefaults.Logging;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>Hands the messages of a DynamoDB time-window event over to the event handler: one aggregated event per conversation.</summary>
/// <param name="outbox">Where events wait for the event handler.</param>
/// <param name="eventHandler">Is told of them.</param>
/// <param name="refused">Takes what can never be handed over; null = it fails, and the mapping delivers it again.</param>
/// <param name="clock">All time is measured with it.</param>
/// <param name="log">Ids only.</param>
internal sealed class Function(Outbox outbox, IEventHandler eventHandler, RefusedRecords? refused, TimeProvider clock, ILogger log)
{
    private const int ParallelConversations = 100;
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(1);

    /// <summary>Puts the function together, once for each sandbox.</summary>
    public static Function Create(MessageAggregatorOptions options, TimeProvider clock, ILogger log)
    {
        RefusedRecords? refused = options.DeadLetterQueueUrl is { } queue
            ? new RefusedRecords(new DeadLetterQueue(new AmazonSQSClient(new AmazonSQSConfig { Timeout = TimeSpan.FromSeconds(5) }), queue), log)
            : null;
        return new Function(
            new Outbox(new ConversationTable(new AmazonDynamoDBClient(Outbox.ClientConfig), options.TableName, clock), refused),
            options.WakeUpQueueUrl is { } wakeUps
                ? new WakeUpQueue(new AmazonSQSClient(WakeUpQueue.ClientConfig), wakeUps)
                : new EventHandlerInvoker(new AmazonLambdaClient(EventHandlerInvoker.ClientConfig), options.EventHandler!),
            refused,
            clock,
            log);
    }

    /// <summary>Handles an event.</summary>
    /// <returns>The window's state and, if any record was not handed over, the first such record.</returns>
    public async Task<Stream> HandleAsync(AggregatedBatch batch, ILambdaContext context)
    {
        var progress = new HandOverProgress();
        using var deadline = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(1, (context.RemainingTime - TimeToAnswer).Ticks)), clock);
        await Parallel.ForEachAsync(
            batch.Conversations,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelConversations, TaskScheduler = TaskScheduler.Current },
            async (conversation, _) => await HandOverAsync(conversation, batch.StreamArn, progress, deadline.Token));

        Refuse(batch.Unreadable, progress);
        await PutAsideAsync(progress, deadline.Token);
        await NoteAsync(progress, deadline.Token);
        Telemetry.Count(batch, progress.Failures);
        if (batch.Records > 0)
        {
            log.Handled(
                batch.Records, batch.Skipped, batch.AlreadyHandedOver, batch.Duplicates, batch.Conversations.Count, progress.Failures, progress.Events);
        }

        return TimeWindowResponse.Write(batch.StateAfter(progress.FirstFailure), progress.FirstFailure);
    }

    private void Refuse(IReadOnlyList<UnreadableRecord> unreadable, HandOverProgress progress)
    {
        foreach (UnreadableRecord record in unreadable)
        {
            log.Unreadable(record.SequenceNumber, record.Reason);
        }

        UnreadableRecord[] passing = [.. unreadable.Where(record => progress.IsBeforeFirstFailure(record.SequenceNumber))];
        if (passing is [var first, ..])
        {
            progress.Refused(new Refusal(first.SequenceNumber, [.. passing.Select(record => record.Record)], first.Reason, "UnreadableRecord", ""));
        }
    }

    /// <summary>
    /// What can never be handed over leaves, unless the mapping is about to deliver it again: behind the first failure it comes with the retry.
    /// </summary>
    private async Task PutAsideAsync(HandOverProgress progress, CancellationToken cancellationToken)
    {
        foreach (Refusal refusal in progress.Refusals)
        {
            if (!progress.IsBeforeFirstFailure(refusal.SequenceNumber))
            {
                return;
            }

            try
            {
                if (refused is null)
                {
                    throw new InvalidOperationException($"There is no queue to put it aside ({refusal.ErrorCode}): set DEAD_LETTER_QUEUE_URL.");
                }

                await refused.SendAsync(refusal.Records, refusal.Reason, refusal.ErrorCode, refusal.Conversation, cancellationToken);
            }
#pragma warning disable CA1031 // Whatever the reason: it stays in the stream, and what was handed over stays so.
            catch (Exception error)
#pragma warning restore CA1031
            {
                log.NotHandedOver(refusal.SequenceNumber, error);
                progress.Failed(refusal.SequenceNumber);
            }
        }
    }

    /// <summary>What comes again behind a failure may be given up with it before this function sees it again.</summary>
    private async Task NoteAsync(HandOverProgress progress, CancellationToken cancellationToken)
    {
        foreach ((string conversation, HandOver handOver) in progress.HandedOverInVain)
        {
            try
            {
                await outbox.NoteAsync(conversation, handOver, cancellationToken);
            }
#pragma warning disable CA1031 // Whatever the reason: it comes again, and is noted then.
            catch (Exception error)
#pragma warning restore CA1031
            {
                log.NotHandedOver(handOver.FirstItemIdentifier, error);
                progress.Failed(handOver.FirstItemIdentifier);
            }
        }
    }

    private async Task HandOverAsync(Conversation conversation, string streamArn, HandOverProgress progress, CancellationToken cancellationToken)
    {
        foreach (HandOver handOver in conversation.HandOvers)
        {
            if (!await TryHandOverAsync(conversation, handOver, streamArn, progress, cancellationToken))
            {
                return;
            }
        }
    }

    private async Task<bool> TryHandOverAsync(Conversation conversation, HandOver handOver, string streamArn, HandOverProgress progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<MessageOrigin> origins = handOver.Origins;
        using IDisposable? scope = LogScope.OfConversation(log, conversation.Name);
        using Activity span = Telemetry.HandOver(conversation.Name, handOver, origins, streamArn, clock.GetUtcNow());
        try
        {
            HandOver added = await outbox.AddAsync(conversation.Name, handOver, streamArn, cancellationToken);
            foreach (OutboxEvent outboxEvent in added.Events)
            {
                await eventHandler.WakeAsync(
                    new WakeUp(conversation.Key, outboxEvent.Item, outboxEvent.AggregationId, handOver.TraceParent), outboxEvent.Json, cancellationToken);
                progress.HandedOver();
                log.HandedOver(outboxEvent.AggregationId, outboxEvent.Messages, outboxEvent.Json.Length);
            }

            progress.Done(conversation.Name, handOver);
            Telemetry.CountForwarded(origins, added.Events.Count, clock.GetUtcNow());
            return true;
        }
        catch (AmazonDynamoDBException refusal) when (Outbox.IsRefusal(refusal))
        {
            span.Fail(refusal);
            progress.Refused(new Refusal(
                handOver.FirstItemIdentifier, [.. handOver.RecordsOf(handOver.Events)], Outbox.ReasonOf(refusal), refusal.ErrorCode, conversation.Name));
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
