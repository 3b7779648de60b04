using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.OnRawMessages;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Stored {Stored}, duplicates {Duplicates}, failed {Failed}; not stored by design: {Statuses} statuses, {Errors} errors, {OtherFields} other fields")]
    public static partial void Handled(this ILogger log, int stored, int duplicates, int failed, int statuses, int errors, int otherFields);

    [LoggerMessage(101, LogLevel.Error, "Notification {NotificationId}: not stored, message id {MessageId}: {Reason}")]
    public static partial void NotStored(this ILogger log, string? notificationId, string? messageId, string reason);
}
