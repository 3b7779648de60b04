using System.Collections.Concurrent;
using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.Lambda.Core;
using Amazon.SQS;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.OnRawMessages.Webhook;
using WhatsAppBuffer.ServiceDefaults.Telemetry;
using Failure = WhatsAppBuffer.OnRawMessages.MessagesNotStoredException.Failure;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>Stores the WhatsApp messages of notifications in the raw table, each one once.</summary>
/// <param name="store">The raw table.</param>
/// <param name="retention">How long messages are kept.</param>
/// <param name="deadLetters">Takes what can never be stored; null = it comes again and again.</param>
/// <param name="clock">All time is measured with it.</param>
/// <param name="log">Ids only.</param>
internal sealed class Function(RawMessageStore store, TimeSpan retention, DeadLetterQueue? deadLetters, TimeProvider clock, ILogger log)
{
    private const int ParallelSenders = 16;
    private static readonly TimeSpan TimeToReport = TimeSpan.FromMilliseconds(500);

    /// <summary>Puts the function together, once for each sandbox.</summary>
    public static Function Create(OnRawMessagesOptions options, TimeProvider clock, ILogger log) => new(
        new RawMessageStore(new AmazonDynamoDBClient(RawMessageStore.ClientConfig), options.RawMessagesTable),
        options.Retention,
        options.DeadLetterQueueUrl is { } queue ? new DeadLetterQueue(new AmazonSQSClient(new AmazonSQSConfig { Timeout = TimeSpan.FromSeconds(5) }), queue) : null,
        clock,
        log);

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
                outcome.Failures.Add(source.Failure(rejection.MessageId, rejection.Reason, "UnreadableMessage"));
            }
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(1, (context.RemainingTime - TimeToReport).Ticks)), clock);
        await StoreAsync(sources, outcome, deadline.Token);
        Report(sources, outcome);
        return QueueEvent.Answer(Failed(notifications, await PutAsideAsync(outcome.Failures, deadline.Token)));
    }

    /// <summary>
    /// A notification with nothing left but what can never be stored goes into the dead-letter queue, whole: what of it is stored is known when it comes
    /// again. While a message of it may still be stored, it stays where it is.
    /// </summary>
    /// <returns>The failures of those that stay.</returns>
    private async Task<IReadOnlyCollection<Failure>> PutAsideAsync(IReadOnlyCollection<Failure> failures, CancellationToken cancellationToken)
    {
        List<Failure> left = [];
        foreach (IGrouping<Notification, Failure> letter in failures.GroupBy(failure => failure.Notification))
        {
            if (deadLetters is null || letter.Any(failure => failure.ErrorCode is null) || !await TrySendAsync(deadLetters, letter, cancellationToken))
            {
                left.AddRange(letter);
            }
        }

        return left;
    }

    private async Task<bool> TrySendAsync(DeadLetterQueue queue, IGrouping<Notification, Failure> letter, CancellationToken cancellationToken)
    {
        Failure first = letter.First();
        try
        {
            await queue.SendAsync(
                letter.Key.Body,
                new Dictionary<string, string> { [LetterAttributes.Reason] = string.Join("; ", letter), [LetterAttributes.ErrorCode] = first.ErrorCode! },
                cancellationToken);
            log.PutAside(IdOf(letter.Key), first.ErrorCode!);
            return true;
        }
#pragma warning disable CA1031 // Whatever the reason: the notification comes again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.NotPutAside(IdOf(letter.Key), error);
            return false;
        }
    }

    private static string? IdOf(Notification notification) => notification.Id ?? notification.QueueMessageId;

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
                        outcome.Failures.Add(source.Failure(message.Id, interruption, errorCode: null));
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
            outcome.Failures.Add(source.Failure(message.Id, $"DynamoDB refuses it: {refusal.Message}", "ValidationException"));
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
            log.NotStored(IdOf(failure.Notification), failure.MessageId, failure.Reason);
        }
    }

    /// <summary>An invocation that did nothing of its work fails, so that it is seen; one that did some names the rest.</summary>
    private static string[] Failed(IReadOnlyList<Notification> notifications, IReadOnlyCollection<Failure> failures)
    {
        HashSet<Notification> failed = [.. failures.Select(failure => failure.Notification)];
        string[] ids = [.. failed.Select(notification => notification.QueueMessageId).OfType<string>()];
        return failed.Count > 0 && (ids.Length < failed.Count || ids.Length == notifications.Count) ? throw new MessagesNotStoredException(failures) : ids;
    }

    private sealed record Source(Notification Notification, WebhookReading Reading)
    {
        public Failure Failure(string? messageId, string reason, string? errorCode) => new(Notification, messageId, reason, errorCode);
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
