using System.Collections.Concurrent;
using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.OnRawMessages.Webhook;
using WhatsAppBuffer.ServiceDefaults.Telemetry;
using Failure = WhatsAppBuffer.OnRawMessages.MessagesNotStoredException.Failure;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>Stores the WhatsApp messages of notifications in the raw table, each one once.</summary>
internal sealed class Function(RawMessageStore store, TimeSpan retention, TimeProvider clock, ILogger log)
{
    private const int ParallelSenders = 16;
    private static readonly TimeSpan TimeToReport = TimeSpan.FromMilliseconds(500);

    /// <summary>Puts the function together, once for each sandbox.</summary>
    public static Function Create(OnRawMessagesOptions options, TimeProvider clock, ILogger log) =>
        new(new RawMessageStore(new AmazonDynamoDBClient(RawMessageStore.ClientConfig), options.RawMessagesTable), options.Retention, clock, log);

    /// <summary>Handles an event.</summary>
    /// <returns>Which messages of the queue are to come again.</returns>
    /// <exception cref="MessagesNotStoredException">
    /// Some messages could not be stored, and no queue can be told which, or none of its messages could be. All others are stored.
    /// </exception>
    public async Task<Stream> HandleAsync(IReadOnlyList<Notification> notifications, ILambdaContext context)
    {
        List<Source> sources = [.. notifications.Select(Read)];
        var outcome = new Outcome();
        foreach (Source source in sources)
        {
            foreach (Rejection rejection in source.Reading.Rejections)
            {
                outcome.Failures.Add(source.Failure(rejection.MessageId, rejection.Reason));
            }
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(1, (context.RemainingTime - TimeToReport).Ticks)), clock);
        await StoreAsync(sources, outcome, deadline.Token);
        Report(sources, outcome);
        return QueueEvent.Answer(Failed(notifications, outcome));
    }

    private Source Read(Notification notification)
    {
        var arrival = new Arrival(clock.GetUtcNow(), retention, notification.TraceParent);
        return new Source(notification, WebhookReader.Read(notification.Message, arrival));
    }

    /// <summary>Senders side by side, the messages of one in order: the stream's order decides between messages of the same second.</summary>
    private Task StoreAsync(List<Source> sources, Outcome outcome, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            sources.SelectMany(source => source.Reading.Messages, (source, message) => (Source: source, Message: message)).GroupBy(entry => entry.Message.Customer),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelSenders, TaskScheduler = TaskScheduler.Current },
            async (sender, _) =>
            {
                string? interruption = null;
                foreach ((Source source, RawMessage message) in sender)
                {
                    interruption ??= await TryStoreAsync(message, source, outcome, cancellationToken);
                    if (interruption is not null)
                    {
                        outcome.Failures.Add(source.Failure(message.Id, interruption));
                    }
                }
            });

    /// <summary>
    /// A refused message is only its own failure. When DynamoDB cannot be reached, the sender's later messages must wait for the next attempt
    /// too, or they would overtake this one in the stream.
    /// </summary>
    /// <returns>Null, or what keeps this and the sender's later messages from being stored now.</returns>
    private async Task<string?> TryStoreAsync(RawMessage message, Source source, Outcome outcome, CancellationToken cancellationToken)
    {
        using Activity span = Telemetry.Store(message, source.Notification.TopicArn);
        try
        {
            outcome.Count(stored: await store.AddAsync(message.With(span.Id!), cancellationToken));
            return null;
        }
        catch (Exception refusal) when (RawMessageStore.IsRefusal(refusal))
        {
            span.Fail(refusal);
            outcome.Failures.Add(source.Failure(message.Id, $"DynamoDB refuses it: {refusal.Message}"));
            return null;
        }
#pragma warning disable CA1031 // Whatever the reason: the messages of other senders must still be stored.
        catch (Exception error)
#pragma warning restore CA1031
        {
            span.Fail(error);
            return $"{error.GetType().Name}: {error.Message}";
        }
    }

    private void Report(List<Source> sources, Outcome outcome)
    {
        Telemetry.Count(outcome.Stored, outcome.Duplicates, outcome.Failures.Count);
        log.Handled(
            outcome.Stored,
            outcome.Duplicates,
            outcome.Failures.Count,
            sources.Sum(source => source.Reading.Statuses),
            sources.Sum(source => source.Reading.Errors),
            sources.Sum(source => source.Reading.OtherFields));
        foreach (Failure failure in outcome.Failures)
        {
            log.NotStored(failure.Notification.Id ?? failure.Notification.QueueMessageId, failure.MessageId, failure.Reason);
        }
    }

    /// <summary>An invocation that did nothing of its work fails, so that it is seen; one that did some names the rest.</summary>
    private static string[] Failed(IReadOnlyList<Notification> notifications, Outcome outcome)
    {
        HashSet<Notification> failed = [.. outcome.Failures.Select(failure => failure.Notification)];
        string[] ids = [.. failed.Select(notification => notification.QueueMessageId).OfType<string>()];
        return failed.Count > 0 && (ids.Length < failed.Count || ids.Length == notifications.Count) ? throw new MessagesNotStoredException(outcome.Failures) : ids;
    }

    private sealed record Source(Notification Notification, WebhookReading Reading)
    {
        public Failure Failure(string? messageId, string reason) => new(Notification, messageId, reason);
    }

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
