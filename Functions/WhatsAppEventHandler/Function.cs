using System.Runtime.ExceptionServices;
using System.Text;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.ServiceDefaults.Logging;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Media;
using WhatsAppBuffer.WhatsAppEventHandler.Queues;
using WhatsAppBuffer.WhatsAppEventHandler.Media.Voice;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Release;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>The handler: an aggregated event in; out when the agent has it, or a failure for Lambda to retry.</summary>
/// <param name="outbox">What waits.</param>
/// <param name="deliveries">Delivers it.</param>
/// <param name="media">Customers' files; null = they are written in words.</param>
/// <param name="wakeUps">What is to be looked at again goes there; null = it fails, and comes again when its queue says so.</param>
/// <param name="filesQueue">What waits for files goes there; null = it waits where it comes.</param>
/// <param name="whatsApp">For courtesies; null sends none.</param>
/// <param name="clock">All time is measured with it.</param>
/// <param name="random">Spreads waits.</param>
/// <param name="log">Ids only.</param>
internal sealed class Function(
    IOutbox outbox, DeliveryLoop deliveries, IMedia? media, OwnQueue? wakeUps, OwnQueue? filesQueue, ICourtesySender? whatsApp, TimeProvider clock, Random random, ILogger log)
{
    /// <summary>Kept back from the invocation's time: to release the lease, finish the courtesies, and report a failure.</summary>
    public static readonly TimeSpan Margin = CourtesyRound.Patience + TimeSpan.FromSeconds(2);

    /// <summary>Puts the function together, once for each sandbox.</summary>
    public static Function Create(WhatsAppEventHandlerOptions options, TimeProvider clock, ILogger log)
    {
        var clients = new AwsClients(options.LeaseLength);
        var table = new ConversationTable(clients.DynamoDb(), options.TableName, clock);
        var outbox = new DynamoDbOutbox(table);
        SettingsSource<ChatSettings> settings = ChatSettings.SourceIn(new SsmParameterStore(clients.Ssm()), options.ConfigParameter, clock, log);
        var delivery = new AggregateDelivery(
            outbox,
            new DynamoDbTemplates(table),
            new AmazonConnect(clients.Connect(), clients.ConnectParticipant(), AwsClients.Uploads(), clients.UploadPatience),
            options.DeadLetterQueueUrl is { } queue ? new SqsDeadLetters(new DeadLetterQueue(clients.Sqs(), queue)) : null,
            settings,
            options,
            log);
        return new Function(
            outbox,
            new DeliveryLoop(outbox, new DynamoDbChats(table), new ReleasePolicy(outbox, settings, log), delivery, options.LeaseLength, clock, log),
            options.MediaBucket is { } bucket ? new VoiceNotes(new AmazonMedia(AwsClients.MediaFetching(), clients.S3(), bucket)) : null,
            options.WakeUpQueueUrl is { } wakeUps ? new OwnQueue(clients.Sqs(), wakeUps) : null,
            options.FilesQueueUrl is { } files ? new OwnQueue(clients.Sqs(), files) : null,
            new CourtesySender(AwsClients.SocialMessaging(), options.MetaApiVersion),
            clock,
            Random.Shared,
            log);
    }

    /// <summary>Handles messages of a queue, side by side.</summary>
    /// <param name="messages">Each with an event as its body.</param>
    /// <param name="remaining">How long Lambda lets the invocation run.</param>
    /// <returns>Ids of those that are to come again. When all of them failed, the invocation fails instead, so that it is seen.</returns>
    public async Task<IReadOnlyList<string>> HandleAsync(IReadOnlyList<QueueMessage> messages, TimeSpan remaining)
    {
        Exception?[] failures = await Task.WhenAll(messages.Select(message => TryAsync(message, remaining)));
        if (Array.TrueForAll(failures, failure => failure is not null))
        {
            ExceptionDispatchInfo.Throw(failures[0]!);
        }

        List<string> failed = [];
        foreach ((QueueMessage message, Exception? failure) in messages.Zip(failures))
        {
            if (failure is not null)
            {
                log.NotHandled(failure, message.Id);
                failed.Add(message.Id);
            }
        }

        return failed;
    }

    /// <summary>Handles an event.</summary>
    /// <param name="incoming">What it asks for; null when it holds no messages. One that is no wake-up is put into the outbox first.</param>
    /// <param name="remaining">How long Lambda lets the invocation run.</param>
    public Task HandleAsync(IncomingEvent? incoming, TimeSpan remaining) => HandleAsync(incoming, clock.GetUtcNow(), FilesLane.Here, remaining);

    private async Task HandleAsync(IncomingEvent? incoming, DateTimeOffset now, FilesLane lane, TimeSpan remaining)
    {
        TimeSpan working = remaining - Margin;
        if (working <= TimeSpan.Zero)
        {
            throw new InvalidOperationException($"The function's time-out leaves {remaining} and needs more than {Margin}: raise it.");
        }

        if (incoming is null)
        {
            log.NoMessages();
            return;
        }

        using var end = new CancellationTokenSource(working, clock);
        var budget = new InvocationBudget(clock, random, clock.GetUtcNow() + working);
        OutboxItem own = incoming.Item;
        using IDisposable? scope = LogScope.OfConversation(log, own.Conversation);
        if (!incoming.IsWakeUp)
        {
            await outbox.AdmitAsync(own, end.Token);
        }

        using var courtesies = new CourtesyRound(whatsApp, clock, log);
        try
        {
            await deliveries.DeliverAsync(own, now, budget, courtesies, new IncomingFiles(media, lane, clock, log, end.Token), end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            throw new OutOfTimeException(own.AggregationId);
        }
        finally
        {
            end.Cancel();
            await courtesies.FinishAsync();
        }
    }

    /// <returns>Null when it went well.</returns>
    private static async Task<Exception?> TryPassOnAsync(OwnQueue queue, QueueMessage message, TimeSpan delay)
    {
        try
        {
            await queue.SendAsync(message, delay, CancellationToken.None);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    /// <returns>Null when it went well.</returns>
    private async Task<Exception?> TryAsync(QueueMessage message, TimeSpan remaining)
    {
        try
        {
            await HandleAsync(EventJson.Read(Encoding.UTF8.GetBytes(message.Body)), message.ReceivedAt ?? clock.GetUtcNow(), filesQueue?.LaneOf(message) ?? FilesLane.Here, remaining);
            return null;
        }
        catch (ForFilesQueueException later)
        {
            return await TryPassOnAsync(filesQueue!, message, later.Delay);
        }
        catch (LookAgainException later) when (wakeUps is not null)
        {
            // Where there are files, whoever may wait for them looks again.
            return await TryPassOnAsync(filesQueue?.LaneOf(message) is FilesLane.Own ? filesQueue : wakeUps, message, later.Delay);
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
