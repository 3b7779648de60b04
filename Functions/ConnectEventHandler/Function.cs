using Amazon.Connect;
using Amazon.ConnectParticipant;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SocialMessaging;
using Amazon.SQS;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.ConnectEventHandler.Agents;
using WhatsAppBuffer.ConnectEventHandler.Chats;
using WhatsAppBuffer.ConnectEventHandler.Files;
using WhatsAppBuffer.ConnectEventHandler.Receipts;
using WhatsAppBuffer.ConnectEventHandler.Replies;
using WhatsAppBuffer.ConnectEventHandler.Typing;
using WhatsAppBuffer.ConnectEventHandler.WhatsApp;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.Contracts.WhatsApp;
using WhatsAppBuffer.ServiceDefaults.Logging;

namespace WhatsAppBuffer.ConnectEventHandler;

/// <summary>Takes what agents, bots and the system write in Amazon Connect to the customer's WhatsApp, and closes what has ended.</summary>
/// <param name="replies">What waits to be sent.</param>
/// <param name="uploads">Brings files to WhatsApp.</param>
/// <param name="loop">Sends what waits.</param>
/// <param name="notices">Tells agents what does not reach customers.</param>
/// <param name="receipts">Shows agents what customers have and have read.</param>
/// <param name="typing">Shows customers that agents write.</param>
/// <param name="deadLetters">Takes what is no event of a chat; null = it comes again and again.</param>
/// <param name="clock">All time is measured with it.</param>
/// <param name="log">Ids only.</param>
internal sealed class Function(IReplies replies, FileUploads uploads, ReplyLoop loop, AgentNotices notices, MessageReceipts receipts, TypingIndicator typing, DeadLetterQueue? deadLetters, TimeProvider clock, ILogger log)
{
    private const int FirstWords = 60;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>Amazon Connect's participant service knows whom it hears by the token.</summary>
    private static readonly AnonymousAWSCredentials NoCredentials = new();

    /// <summary>Puts the function together, once for each sandbox.</summary>
    public static Function Create(ConnectEventHandlerOptions options, TimeProvider clock, ILogger log)
    {
        var dynamoDb = new AmazonDynamoDBClient(new AmazonDynamoDBConfig { MaxErrorRetry = 3, Timeout = TimeSpan.FromSeconds(3) });
        var replies = new DynamoDbReplies(new ConversationTable(dynamoDb, options.TableName, clock));
        DeadLetterQueue? deadLetters = options.DeadLetterQueueUrl is { } queue
            ? new DeadLetterQueue(new AmazonSQSClient(new AmazonSQSConfig { Timeout = TimeSpan.FromSeconds(5) }), queue)
            : null;
        var whatsApp = new SocialMessaging(
            new AmazonSocialMessagingClient(SocialMessaging.ClientConfig), new(() => new AmazonSocialMessagingClient(SocialMessaging.UploadConfig)), options.MetaApiVersion);
        var notices = new AgentNotices(replies, new ConnectAgents(new(() => new AmazonConnectClient(ConnectAgents.ClientConfig))), log);
        return new Function(
            replies,
            new FileUploads(replies, new ConnectFiles(new(() => new AmazonConnectParticipantClient(NoCredentials, ConnectFiles.ClientConfig))), whatsApp, notices, clock, log),
            new ReplyLoop(replies, new ReplyDelivery(replies, whatsApp, notices, deadLetters, clock, log), options.LeaseLength, clock, log),
            notices,
            new MessageReceipts(replies, new ConnectParticipant(new(() => new AmazonConnectParticipantClient(NoCredentials, ConnectParticipant.ClientConfig))), log),
            new TypingIndicator(replies, whatsApp, clock, log),
            deadLetters,
            clock,
            log);
    }

    /// <summary>Handles an event.</summary>
    /// <returns>Ids of the queue's messages that are to come again. When all of them failed, the invocation fails instead, so that it is seen.</returns>
    /// <exception cref="AggregateException">Something was not done, and no queue can be told what, or nothing was.</exception>
    public async Task<IReadOnlyList<string>> HandleAsync(IReadOnlyList<Notification> notifications, TimeSpan remaining)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(1, (remaining - Margin).Ticks)), clock);
        // All of it is put before any of it is sent: what came together goes in Connect's order.
        Task<Work?>[] admitted = [.. notifications.Select(notification => AdmitAsync(notification, end.Token))];
        await Task.WhenAny(Task.WhenAll(admitted));
        Exception?[] failures = await Task.WhenAll(notifications.Zip(admitted, (notification, work) => TryDoAsync(notification, work, end.Token)));
        string[] failed = [.. notifications.Zip(failures).Where(pair => pair.Second is not null).Select(pair => pair.First.QueueMessageId).OfType<string>()];
        int count = failures.Count(failure => failure is not null);
        return count > failed.Length || (count > 0 && count == notifications.Count) ? throw new AggregateException(failures.OfType<Exception>()) : failed;
    }

    /// <summary>What is left to do when everything that came is put.</summary>
    private delegate Task Work(CancellationToken cancellationToken);

    /// <returns>Null when it went well.</returns>
    private async Task<Exception?> TryDoAsync(Notification notification, Task<Work?> admitted, CancellationToken cancellationToken)
    {
        try
        {
            if (await admitted is { } work)
            {
                await work(cancellationToken);
            }

            return null;
        }
#pragma warning disable CA1031 // Whatever the reason: what concerns other customers goes on, and this comes again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.NotHandled(failure, notification.Id ?? notification.QueueMessageId);
            return failure;
        }
    }

    /// <returns>Null when there is nothing left to do.</returns>
    private async Task<Work?> AdmitAsync(Notification notification, CancellationToken cancellationToken)
    {
        if (AnswerStatus.Parse(notification.Message) is { } status)
        {
            return cancellation => HearAsync(status, cancellation);
        }

        try
        {
            return await AdmitAsync(ChatEvent.Read(notification), cancellationToken);
        }
        catch (InvalidDataException unreadable) when (deadLetters is not null)
        {
            log.Unreadable(notification.Id ?? notification.QueueMessageId, unreadable.Message);
            await deadLetters.SendAsync(
                notification.Body,
                new Dictionary<string, string> { [LetterAttributes.Reason] = unreadable.Message, [LetterAttributes.ErrorCode] = "UnreadableEvent" },
                cancellationToken);
            return null;
        }
    }

    private Task HearAsync(AnswerStatus status, CancellationToken cancellationToken) => status.Status switch
    {
        AnswerStatus.Failed => notices.TellAsync(status.MessageId, Notice.CauseOf(status.ErrorCode), status.Title, cancellationToken),
        AnswerStatus.Delivered or AnswerStatus.Read => receipts.ShowAsync(status, cancellationToken),
        _ => Task.CompletedTask,
    };

    private async Task<Work?> AdmitAsync(string conversation, ChatMessage message, string words, int parts, ReplyFile? file, CancellationToken cancellationToken)
    {
        var reply = new Reply(conversation, ConversationItems.Reply(message.Time, message.Id), message.Id, file is null ? words : "", ReplyProgress.None) { File = file };
        var answer = new Answer(conversation, message.InstanceId, message.WriterContactId, Notice.Plain(words, FirstWords), parts - 1, IsTold: false);
        await replies.AdmitAsync(reply, answer, cancellationToken);
        return cancellation => SendAsync(reply, cancellation);
    }

    private async Task SendAsync(Reply reply, CancellationToken cancellationToken)
    {
        using IDisposable? scope = LogScope.OfConversation(log, reply.Conversation);
        if (reply.File is not null)
        {
            await uploads.UploadAsync(reply, cancellationToken);
        }

        await loop.SendAsync(reply, cancellationToken);
    }

    private async Task<Work?> AdmitAsync(ChatEvent? happened, CancellationToken cancellationToken)
    {
        if (happened is null)
        {
            return null;
        }

        if (await replies.OwnerOfAsync(happened.ContactId, cancellationToken) is not { } conversation)
        {
            log.Unknown(happened.ContactId, happened.Id);
            return null;
        }

        using IDisposable? scope = LogScope.OfConversation(log, conversation);
        switch (happened)
        {
            case ChatText text:
                string words = text.IsMarkdown ? MarkdownText.Of(text.Content) : text.Content;
                return await AdmitAsync(conversation, text, words, ReplyDelivery.PartsOf(words), file: null, cancellationToken);
            case AttachedFile { Name: var name } file:
                return await AdmitAsync(conversation, file, name, parts: 1, new ReplyFile(file.AttachmentId, name, file.ContentType, MediaId: null), cancellationToken);
            case ChatEnd:
                await replies.EndChatAsync(conversation, happened.ContactId, cancellationToken);
                log.ChatEnded(happened.ContactId);
                return null;
            case ChatTyping typed:
                return cancellation => typing.ShowAsync(conversation, typed.Time, cancellation);
            case Unsendable other:
                log.NotSendable(other.Id, other.Kind);
                return null;
            default:
                return null;
        }
    }
}
