using Microsoft.Extensions.Logging;
using WhatsAppBuffer.WhatsAppEventHandler.Release;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>
/// Everything this function logs: ids of aggregates and contacts, and error codes; never a text, a name, a token, or a conversation's key
/// (which holds a phone number).
/// </summary>
internal static partial class Log
{
    [LoggerMessage(301, LogLevel.Information, "Delivered aggregate {AggregationId} in {Messages} Connect message(s)")]
    public static partial void Delivered(this ILogger log, string aggregationId, int messages);

    [LoggerMessage(302, LogLevel.Information, "Aggregate {AggregationId} has nothing to show to an agent")]
    public static partial void NothingToShow(this ILogger log, string aggregationId);

    [LoggerMessage(303, LogLevel.Error, "A part of aggregate {AggregationId} can never be delivered ({ErrorCode}): sent to the dead-letter queue")]
    public static partial void DeadLettered(this ILogger log, string aggregationId, string errorCode);

    [LoggerMessage(304, LogLevel.Information, "Started chat {ContactId}, number {Number} of its conversation, for aggregate {AggregationId}")]
    public static partial void ChatStarted(this ILogger log, string contactId, int number, string aggregationId);

    [LoggerMessage(305, LogLevel.Information, "Chat {ContactId} has ended; a new one follows for aggregate {AggregationId}")]
    public static partial void ChatEnded(this ILogger log, string contactId, string aggregationId);

    [LoggerMessage(306, LogLevel.Warning, "Chat {ContactId} ended before the customer could join it; passed over for aggregate {AggregationId}")]
    public static partial void ChatDead(this ILogger log, string contactId, string aggregationId);

    [LoggerMessage(307, LogLevel.Information, "Renewed the connection to chat {ContactId}")]
    public static partial void ConnectionRenewed(this ILogger log, string contactId);

    [LoggerMessage(308, LogLevel.Warning, "{Operation} failed with {ErrorCode} (attempt {Attempt}); it may succeed later")]
    public static partial void CallFailed(this ILogger log, string operation, string errorCode, int attempt);

    [LoggerMessage(309, LogLevel.Warning, "The lease ran out while aggregate {AggregationId} was being delivered: beginning anew")]
    public static partial void LeaseLost(this ILogger log, string aggregationId);

    [LoggerMessage(310, LogLevel.Warning, "The lease could not be released after aggregate {AggregationId}; it ends by itself")]
    public static partial void ReleaseFailed(this ILogger log, Exception failure, string aggregationId);

    [LoggerMessage(311, LogLevel.Warning, "Aggregate {AggregationId} is left to its own invocation")]
    public static partial void LeftToOthers(this ILogger log, Exception failure, string aggregationId);

    [LoggerMessage(312, LogLevel.Warning, "A read receipt or reaction for aggregate {AggregationId} was not sent ({Failure})")]
    public static partial void CourtesyFailed(this ILogger log, string aggregationId, string failure);

    [LoggerMessage(315, LogLevel.Information, "Aggregate {AggregationId} holds {Late} message(s) that came later than they were written")]
    public static partial void Late(this ILogger log, string aggregationId, int late);

    [LoggerMessage(316, LogLevel.Information, "Aggregate {AggregationId} calls nobody and found no running chat: it is not shown")]
    public static partial void PassedOver(this ILogger log, string aggregationId);

    [LoggerMessage(317, LogLevel.Information, "Chat {ContactId} has ended, and aggregate {AggregationId} opens no new one")]
    public static partial void ChatForgotten(this ILogger log, string contactId, string aggregationId);

    [LoggerMessage(318, LogLevel.Warning, "{Operation} failed with {ErrorCode} for a customer's file (attempt {Attempt})")]
    public static partial void FileNotFetched(this ILogger log, string operation, string errorCode, int attempt);

    [LoggerMessage(319, LogLevel.Information, "Attached a file of aggregate {AggregationId}")]
    public static partial void FileAttached(this ILogger log, string aggregationId);

    [LoggerMessage(320, LogLevel.Warning, "A file of aggregate {AggregationId} stands in words ({Why}, {ErrorCode})")]
    public static partial void FileInWords(this ILogger log, string aggregationId, string why, string errorCode);

    [LoggerMessage(321, LogLevel.Information, "A file of aggregate {AggregationId} was not there in time and follows")]
    public static partial void FileFollows(this ILogger log, string aggregationId);

    [LoggerMessage(322, LogLevel.Information, "Released aggregate {AggregationId} of {Items} flush(es): {Reason}")]
    public static partial void Released(this ILogger log, string aggregationId, int items, ReleaseReason reason);

    [LoggerMessage(313, LogLevel.Information, "The event holds no messages")]
    public static partial void NoMessages(this ILogger log);

    [LoggerMessage(314, LogLevel.Error, "Message {MessageId} of the queue was not handled and will come again")]
    public static partial void NotHandled(this ILogger log, Exception failure, string messageId);
}
