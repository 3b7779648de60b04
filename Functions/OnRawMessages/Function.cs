using System.Collections.Concurrent;
using Amazon.Lambda.Core;
using Amazon.Lambda.SNSEvents;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Messaging.Ingest;
using Failure = WhatsAppBuffer.OnRawMessages.MessagesNotStoredException.Failure;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>Stores the WhatsApp messages of an SNS event in the raw table, each one once.</summary>
internal sealed class Function(RawMessageStore store, TimeSpan retention, TimeProvider clock, ILogger<Function> logger)
{
    private const int ParallelSenders = 16;
    private static readonly TimeSpan TimeToReport = TimeSpan.FromMilliseconds(500);

    /// <summary>Handles an event.</summary>
    /// <exception cref="MessagesNotStoredException">Some messages could not be stored; all others are.</exception>
    /// <exception cref="InvalidDataException">It is not an SNS event.</exception>
    public async Task HandleAsync(SNSEvent snsEvent, ILambdaContext context)
    {
        if (snsEvent?.Records is not { } records)
            throw new InvalidDataException("The event is not an SNS event: Records is missing.");
        List<Source> sources = [.. records.Select(Read)];
        var outcome = new Outcome();
        foreach (Source source in sources)
        {
            foreach (Rejection rejection in source.Reading.Rejections)
                outcome.Failures.Add(new Failure(source.SnsMessageId, rejection.MessageId, rejection.Reason));
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(1, (context.RemainingTime - TimeToReport).Ticks)), clock);
        await StoreAsync(sources, outcome, deadline.Token);
        Report(sources, outcome);
    }

    private Source Read(SNSEvent.SNSRecord record)
    {
        string? traceParent = record.Sns?.MessageAttributes?.TryGetValue("traceparent", out SNSEvent.MessageAttribute? attribute) == true ? attribute?.Value : null;
        return new Source(record.Sns?.MessageId, WebhookReader.Read(record.Sns?.Message, new Arrival(clock.GetUtcNow(), retention, traceParent)));
    }

    /// <summary>Senders side by side, the messages of one in order: the stream's order decides between messages of the same second.</summary>
    private Task StoreAsync(List<Source> sources, Outcome outcome, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            sources.SelectMany(source => source.Reading.Messages, (source, message) => (source.SnsMessageId, Message: message)).GroupBy(entry => entry.Message.Customer),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelSenders },
            async (sender, _) =>
            {
                string? interruption = null;
                foreach ((string? snsMessageId, RawMessage message) in sender)
                {
                    interruption ??= await TryStoreAsync(message, snsMessageId, outcome, cancellationToken);
                    if (interruption is not null)
                        outcome.Failures.Add(new Failure(snsMessageId, message.Id, interruption));
                }
            });

    /// <summary>
    /// A refused message is only its own failure. When DynamoDB cannot be reached, the sender's later messages must wait for the next attempt
    /// too, or they would overtake this one in the stream.
    /// </summary>
    /// <returns>Null, or what keeps this and the sender's later messages from being stored now.</returns>
    private async Task<string?> TryStoreAsync(RawMessage message, string? snsMessageId, Outcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            outcome.Count(stored: await store.AddAsync(message, cancellationToken));
            return null;
        }
        catch (Exception refusal) when (RawMessageStore.IsRefusal(refusal))
        {
            outcome.Failures.Add(new Failure(snsMessageId, message.Id, $"DynamoDB refuses it: {refusal.Message}"));
            return null;
        }
#pragma warning disable CA1031 // Whatever the reason: the messages of other senders must still be stored.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }

    private void Report(List<Source> sources, Outcome outcome)
    {
        logger.Handled(
            outcome.Stored,
            outcome.Duplicates,
            outcome.Failures.Count,
            sources.Sum(source => source.Reading.Statuses),
            sources.Sum(source => source.Reading.Errors),
            sources.Sum(source => source.Reading.OtherFields));
        if (outcome.Failures.IsEmpty)
            return;
        foreach (Failure failure in outcome.Failures)
            logger.NotStored(failure.SnsMessageId, failure.MessageId, failure.Reason);
        throw new MessagesNotStoredException(outcome.Failures);
    }

    private sealed record Source(string? SnsMessageId, WebhookReading Reading);

    private sealed class Outcome
    {
        private int _stored;
        private int _duplicates;

        public int Stored => _stored;

        public int Duplicates => _duplicates;

        public ConcurrentBag<Failure> Failures { get; } = [];

        public void Count(bool stored) => Interlocked.Increment(ref stored ? ref _stored : ref _duplicates);
    }
}
