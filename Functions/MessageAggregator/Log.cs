using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.MessageAggregator;

internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Information, "Records {Records}: {Skipped} no inserts, {AlreadyHandedOver} handed over before, {Duplicates} duplicates; conversations {Conversations}, failed {Failed}; events {Events}")]
    public static partial void Handled(this ILogger log, int records, int skipped, int alreadyHandedOver, int duplicates, int conversations, int failed, int events);

    [LoggerMessage(201, LogLevel.Error, "Not handed over, from record {SequenceNumber}; the mapping will deliver it again")]
    public static partial void NotHandedOver(this ILogger log, string sequenceNumber, Exception error);

    [LoggerMessage(202, LogLevel.Error, "Record {SequenceNumber} cannot be read: {Reason}")]
    public static partial void Unreadable(this ILogger log, string sequenceNumber, string reason);

    [LoggerMessage(204, LogLevel.Error, "{Records} record(s) can never be handed over ({ErrorCode}): sent to the dead-letter queue")]
    public static partial void PutAside(this ILogger log, int records, string errorCode);

    [LoggerMessage(205, LogLevel.Information, "Swept: {Waiting} aggregates wait, the oldest for {OldestSeconds} s; woke {Woken} again")]
    public static partial void Swept(this ILogger log, int waiting, long oldestSeconds, int woken);

    [LoggerMessage(206, LogLevel.Warning, "Aggregate {AggregationId} waits for longer than it should: woke the event handler again")]
    public static partial void WokenAgain(this ILogger log, string aggregationId);

    [LoggerMessage(207, LogLevel.Error, "The settings of joining are wrong; those read last serve, or the defaults, for another minute")]
    public static partial void JoiningIsWrong(this ILogger log, Exception wrong);

    [LoggerMessage(208, LogLevel.Warning, "SSM parameter {Parameter} could not be read; messages are joined by the settings read last, or by the defaults, for another minute")]
    public static partial void JoiningNotRead(this ILogger log, Exception failure, string parameter);

    [LoggerMessage(203, LogLevel.Debug, "Handed over {AggregationId}: {Messages} messages, {Bytes} bytes")]
    public static partial void HandedOver(this ILogger log, string aggregationId, int messages, int bytes);
}
