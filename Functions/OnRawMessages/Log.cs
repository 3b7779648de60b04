using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.OnRawMessages;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Stored {Stored}, duplicates {Duplicates}, failed {Failed}; not stored by design: {Statuses} statuses, {Errors} errors, {OtherFields} other fields")]
    public static partial void Handled(this ILogger log, int stored, int duplicates, int failed, int statuses, int errors, int otherFields);

    [LoggerMessage(101, LogLevel.Error, "Notification {NotificationId}: not stored, message id {MessageId}: {Reason}")]
    public static partial void NotStored(this ILogger log, string? notificationId, string? messageId, string reason);

    [LoggerMessage(102, LogLevel.Error, "Notification {NotificationId} can never be stored as a whole ({ErrorCode}): sent to the dead-letter queue")]
    public static partial void PutAside(this ILogger log, string? notificationId, string errorCode);

    [LoggerMessage(103, LogLevel.Error, "Notification {NotificationId} could not be sent to the dead-letter queue and will come again")]
    public static partial void NotPutAside(this ILogger log, string? notificationId, Exception error);

    [LoggerMessage(104, LogLevel.Warning, "WhatsApp does not deliver part {Part} of answer {MessageId} (error {ErrorCode})")]
    public static partial void AnswerFailed(this ILogger log, string messageId, int part, int? errorCode);

    [LoggerMessage(105, LogLevel.Warning, "WhatsApp does not deliver a message that is no answer (error {ErrorCode})")]
    public static partial void OtherFailed(this ILogger log, int? errorCode);
}
