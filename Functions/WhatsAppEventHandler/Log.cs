using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>
/// Everything this function logs: ids of aggregates and contacts, and error codes; never a text, a name, a token, or a conversation's key
/// (which holds a phone number).
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Delivered aggregate {AggregationId} in {Messages} Connect message(s)")]
    public static partial void Delivered(ILogger logger, string aggregationId, int messages);

    [LoggerMessage(2, LogLevel.Information, "Aggregate {AggregationId} has nothing to show to an agent")]
    public static partial void NothingToShow(ILogger logger, string aggregationId);

    [LoggerMessage(3, LogLevel.Error, "Aggregate {AggregationId} can never be delivered ({ErrorCode}): sent to the dead-letter queue")]
    public static partial void DeadLettered(ILogger logger, string aggregationId, string errorCode);

    [LoggerMessage(4, LogLevel.Information, "Started chat {ContactId}, number {Number} of its conversation, for aggregate {AggregationId}")]
    public static partial void ChatStarted(ILogger logger, string contactId, int number, string aggregationId);

    [LoggerMessage(5, LogLevel.Information, "Chat {ContactId} has ended; a new one follows for aggregate {AggregationId}")]
    public static partial void ChatEnded(ILogger logger, string contactId, string aggregationId);

    [LoggerMessage(6, LogLevel.Warning, "Chat {ContactId} ended before the customer could join it; passed over for aggregate {AggregationId}")]
    public static partial void ChatDead(ILogger logger, string contactId, string aggregationId);

    [LoggerMessage(7, LogLevel.Information, "Renewed the connection to chat {ContactId}")]
    public static partial void ConnectionRenewed(ILogger logger, string contactId);

    [LoggerMessage(8, LogLevel.Warning, "{Operation} failed with {ErrorCode} (attempt {Attempt}); it may succeed later")]
    public static partial void CallFailed(ILogger logger, string operation, string errorCode, int attempt);

    [LoggerMessage(9, LogLevel.Warning, "The lease ran out while aggregate {AggregationId} was being delivered: beginning anew")]
    public static partial void LeaseLost(ILogger logger, string aggregationId);

    [LoggerMessage(10, LogLevel.Warning, "The lease could not be released after aggregate {AggregationId}; it ends by itself")]
    public static partial void ReleaseFailed(ILogger logger, Exception failure, string aggregationId);

    [LoggerMessage(11, LogLevel.Warning, "Aggregate {AggregationId} is left to its own invocation")]
    public static partial void LeftToOthers(ILogger logger, Exception failure, string aggregationId);

    [LoggerMessage(12, LogLevel.Warning, "A read receipt or reaction for aggregate {AggregationId} was not sent ({Failure})")]
    public static partial void CourtesyFailed(ILogger logger, string aggregationId, string failure);

    [LoggerMessage(13, LogLevel.Information, "The event holds no messages")]
    public static partial void NoMessages(ILogger logger);

    [LoggerMessage(14, LogLevel.Warning, "SSM parameter {Parameter} could not be read; the settings read last serve for another minute")]
    public static partial void SettingsNotRead(ILogger logger, Exception failure, string parameter);
}
