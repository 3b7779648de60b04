using System.Runtime.ExceptionServices;
using System.Text;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.ServiceDefaults.Logging;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>The handler: an aggregated event in; out when the agent has it, or a failure for Lambda to retry.</summary>
/// <param name="outbox">What waits.</param>
/// <param name="deliveries">Delivers it.</param>
/// <param name="whatsApp">For courtesies; null sends none.</param>
/// <param name="clock">All time is measured with it.</param>
/// <param name="random">Spreads waits.</param>
/// <param name="log">Ids only.</param>
internal sealed class Function(
    IOutbox outbox, DeliveryLoop deliveries, IWhatsApp? whatsApp, TimeProvider clock, Random random, ILogger log)
{
    /// <summary>Kept back from the invocation's time: to release the lease, finish the courtesies, and report a failure.</summary>
    public static readonly TimeSpan Margin = CourtesyRound.Patience + TimeSpan.FromSeconds(2);

    /// <summary>Puts the function together, once for each sandbox.</summary>
    public static Function Create(WhatsAppEventHandlerOptions options, TimeProvider clock, ILogger log)
    {
        var clients = new AwsClients(options.LeaseLength);
        var table = new ConversationTable(clients.DynamoDb(), options.TableName, clock);
        var outbox = new DynamoDbOutbox(table);
        var delivery = new AggregateDelivery(
            outbox,
            new AmazonConnect(clients.Connect(), clients.ConnectParticipant()),
            options.DeadLetterQueueUrl is { } queue ? new SqsDeadLetters(new DeadLetterQueue(clients.Sqs(), queue)) : null,
            ChatSettings.SourceIn(new SsmParameterStore(clients.Ssm()), options.ConfigParameter, clock, log),
            options,
            log);
        return new Function(
            outbox,
            new DeliveryLoop(outbox, new DynamoDbChats(table), delivery, options.LeaseLength, clock, log),
            options.SendCourtesies ? new SocialMessaging(AwsClients.SocialMessaging(), options.MetaApiVersion) : null,
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
    public async Task HandleAsync(IncomingEvent? incoming, TimeSpan remaining)
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
            await deliveries.DeliverAsync(own, budget, courtesies, end.Token);
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

    /// <returns>Null when it went well.</returns>
    private async Task<Exception?> TryAsync(QueueMessage message, TimeSpan remaining)
    {
        try
        {
            await HandleAsync(EventJson.Read(Encoding.UTF8.GetBytes(message.Body)), remaining);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
