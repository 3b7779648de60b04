using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Lambda.Core;
using Amazon.SQS;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.Contracts.WhatsApp;
using WhatsAppBuffer.OnRawMessages.Conversations;
using WhatsAppBuffer.OnRawMessages.References;
using WhatsAppBuffer.OnRawMessages.Webhook;
using WhatsAppBuffer.ServiceDefaults.Telemetry;
using Failure = WhatsAppBuffer.OnRawMessages.MessagesNotStoredException.Failure;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>Stores the WhatsApp messages of notifications in the raw table, each one once, in the conversation that it belongs to.</summary>
/// <param name="store">The raw table.</param>
/// <param name="conversations">Says whose a message is.</param>
/// <param name="sentParts">Is told of answers that WhatsApp has.</param>
/// <param name="answers">Is told of answers that WhatsApp will not deliver; null = only the log is.</param>
/// <param name="retention">How long messages are kept.</param>
/// <param name="deadLetters">Takes what can never be stored; null = it comes again and again.</param>
/// <param name="clock">All time is measured with it.</param>
/// <param name="log">Ids only.</param>
internal sealed class Function(RawMessageStore store, ConversationFinder conversations, SentParts sentParts, AnswerStatuses? answers, TimeSpan retention, DeadLetterQueue? deadLetters, TimeProvider clock, ILogger log)
{
    private const int ParallelConversations = 16;
    private static readonly TimeSpan TimeToReport = TimeSpan.FromMilliseconds(500);

    /// <summary>Puts the function together, once for each sandbox.</summary>
    public static Function Create(OnRawMessagesOptions options, TimeProvider clock, ILogger log)
    {
        var dynamoDb = new AmazonDynamoDBClient(RawMessageStore.ClientConfig);
        var table = new ConversationTable(dynamoDb, options.ConversationsTable, clock);
        return new Function(
            new RawMessageStore(dynamoDb, options.RawMessagesTable, table),
            new ConversationFinder(table, new RouteCache(clock)),
            new SentParts(table),
            options.AnswerStatusQueueUrl is { } answers ? new AnswerStatuses(Sqs(), answers) : null,
            options.Retention,
            options.DeadLetterQueueUrl is { } queue ? new DeadLetterQueue(Sqs(), queue) : null,
            clock,
            log);

        static AmazonSQSClient Sqs() => new(new AmazonSQSConfig { Timeout = TimeSpan.FromSeconds(5) });
    }

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
        await NoteAnswersAsync(sources, outcome, deadline.Token);
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
        var arrival = new Arrival(clock.GetUtcNow(), retention, notification.TraceParent) { PublishedAt = notification.PublishedAt };
        return new Source(notification, WebhookReader.Read(notification.Message, arrival));
    }

    /// <summary>Conversations side by side, the messages of one in order: the stream's order decides between messages of the same second.</summary>
    private async Task StoreAsync(List<Source> sources, Outcome outcome, CancellationToken cancellationToken)
    {
        List<Arrived> arrived = [.. sources.SelectMany(source => source.Reading.Messages, (source, message) => new Arrived(source, message))];
        ConcurrentDictionary<string, Found> found = await FindAsync(arrived, cancellationToken);
        await Parallel.ForEachAsync(
            arrived.GroupBy(entry => found[entry.Message.Sender.Key].ConversationOf(entry.Message)),
            SideBySide,
            async (conversation, _) =>
            {
                string? interruption = null;
                foreach (Arrived entry in conversation)
                {
                    interruption ??= await TryStoreAsync(entry, found[entry.Message.Sender.Key], outcome, cancellationToken);
                    if (interruption is not null)
                    {
                        outcome.Failures.Add(entry.Source.Failure(entry.Message.Id, interruption, errorCode: null));
                    }
                }
            });
    }

    private Task NoteAnswersAsync(List<Source> sources, Outcome outcome, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        sources.SelectMany(source => source.Reading.Answers, (source, answer) => (Source: source, Answer: answer)),
        SideBySide,
        async (status, _) =>
        {
            try
            {
                await sentParts.NoteAsync(status.Answer.MessageId, status.Answer.Part, cancellationToken);
                if (status.Answer.Status == AnswerStatus.Failed)
                {
                    Telemetry.CountUndelivered(status.Answer.ErrorCode);
                    log.AnswerFailed(status.Answer.MessageId, status.Answer.Part, status.Answer.ErrorCode);
                }

                if (answers is not null && status.Answer.Matters)
                {
                    await answers.TellAsync(status.Answer, cancellationToken);
                }
            }
#pragma warning disable CA1031 // Whatever the reason: messages are stored, and the status comes again.
            catch (Exception error)
#pragma warning restore CA1031
            {
                outcome.Failures.Add(status.Source.Failure(messageId: null, $"a status was not noted, {error.GetType().Name}: {error.Message}", errorCode: null));
            }
        });

    /// <summary>Where each sender's messages belong. Those that show two ids to be the same person's come first, whichever message it was.</summary>
    private async Task<ConcurrentDictionary<string, Found>> FindAsync(List<Arrived> arrived, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, Found> found = [];
        foreach (IGrouping<bool, Sender> senders in arrived.Select(entry => entry.Message.Sender).DistinctBy(sender => sender.Key).GroupBy(sender => sender.Ids.Count > 1).OrderByDescending(group => group.Key))
        {
            await Parallel.ForEachAsync(senders, SideBySide, async (sender, _) => found[sender.Key] = await FindAsync(sender, cancellationToken));
        }

        return found;
    }

    private async Task<Found> FindAsync(Sender sender, CancellationToken cancellationToken)
    {
        try
        {
            return new Found(await conversations.FindAsync(sender, cancellationToken), null);
        }
#pragma warning disable CA1031 // Whatever the reason: the messages of other senders must still be stored.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return new Found(null, $"{error.GetType().Name}: {error.Message}");
        }
    }

    /// <summary>
    /// A refused message is only its own failure. When DynamoDB cannot be reached, the sender's later messages must wait for the next attempt
    /// too, or they would overtake this one in the stream.
    /// </summary>
    /// <returns>Null, or what keeps this and the sender's later messages from being stored now.</returns>
    private async Task<string?> TryStoreAsync(Arrived arrived, Found found, Outcome outcome, CancellationToken cancellationToken)
    {
        if (found.Route is not { } route)
        {
            return found.Failure;
        }

        RawMessage message = arrived.Message.Under(route.Customer);
        using Activity span = Telemetry.Store(message, arrived.Source.Notification.TopicArn);
        try
        {
            RawMessage complete = message.With(span.Id!).With(await FindReferenceAsync(message, route, cancellationToken));
            outcome.Count(stored: await store.AddAsync(complete, route.Formerly, cancellationToken));
            return null;
        }
        catch (Exception refusal) when (RawMessageStore.IsRefusal(refusal))
        {
            span.Fail(refusal);
            outcome.Failures.Add(arrived.Source.Failure(message.Id, $"DynamoDB refuses it: {refusal.Message}", "ValidationException"));
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

    private async Task<JsonElement?> FindReferenceAsync(RawMessage message, Route route, CancellationToken cancellationToken) =>
        Reference.In(message) is { } id && await store.FindAsync(id, route, cancellationToken) is { } item ? FirstWords.Of(item) : null;

    private static ParallelOptions SideBySide => new() { MaxDegreeOfParallelism = ParallelConversations, TaskScheduler = TaskScheduler.Current };

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
        foreach (int? code in sources.SelectMany(source => source.Reading.OtherFailures))
        {
            Telemetry.CountUndelivered(code);
            log.OtherFailed(code);
        }

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

    private sealed record Arrived(Source Source, RawMessage Message);

    /// <param name="Route">Where a sender's messages belong; null when it could not be found out now.</param>
    /// <param name="Failure">Why not.</param>
    private sealed record Found(Route? Route, string? Failure)
    {
        public string ConversationOf(RawMessage message) => new ConversationKey(Route?.Customer ?? message.Customer, message.Sender.PhoneNumberId).ToString();
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
