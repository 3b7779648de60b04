using Microsoft.Extensions.Logging;
using WhatsAppBuffer.ConnectEventHandler.Agents;

namespace WhatsAppBuffer.ConnectEventHandler;

/// <summary>Everything this function logs: ids of Connect's messages and contacts, and error codes; never a text, a name or a number.</summary>
internal static partial class Log
{
    [LoggerMessage(401, LogLevel.Information, "Sent message {MessageId} to WhatsApp in {Parts} part(s)")]
    public static partial void Sent(this ILogger log, string messageId, int parts);

    [LoggerMessage(402, LogLevel.Warning, "Part {Part} of message {MessageId} is sent again: nobody told what became of it. The customer may have it twice")]
    public static partial void SentAgain(this ILogger log, string messageId, int part);

    [LoggerMessage(403, LogLevel.Error, "Message {MessageId} can never be sent ({ErrorCode}): sent to the dead-letter queue")]
    public static partial void DeadLettered(this ILogger log, string messageId, string errorCode);

    [LoggerMessage(404, LogLevel.Warning, "The lease ran out while message {MessageId} was being sent: beginning anew")]
    public static partial void LeaseLost(this ILogger log, string messageId);

    [LoggerMessage(405, LogLevel.Information, "Chat {ContactId} has ended")]
    public static partial void ChatEnded(this ILogger log, string contactId);

    [LoggerMessage(406, LogLevel.Warning, "Contact {ContactId} is no chat of this system: its message {MessageId} goes nowhere")]
    public static partial void Unknown(this ILogger log, string contactId, string messageId);

    [LoggerMessage(407, LogLevel.Warning, "Message {MessageId} is of a kind that WhatsApp is not sent ({Kind})")]
    public static partial void NotSendable(this ILogger log, string messageId, string kind);

    [LoggerMessage(408, LogLevel.Error, "Notification {NotificationId} was not handled and will come again")]
    public static partial void NotHandled(this ILogger log, Exception failure, string? notificationId);

    [LoggerMessage(409, LogLevel.Error, "Notification {NotificationId} is no event of a chat: {Reason}")]
    public static partial void Unreadable(this ILogger log, string? notificationId, string reason);

    [LoggerMessage(410, LogLevel.Information, "The agent was told that message {MessageId} is not delivered ({Cause})")]
    public static partial void AgentTold(this ILogger log, string messageId, Cause cause);

    [LoggerMessage(411, LogLevel.Warning, "Message {MessageId} is not delivered, and no agent could be told ({Reason})")]
    public static partial void AgentNotTold(this ILogger log, string messageId, string reason);

    [LoggerMessage(412, LogLevel.Information, "Message {MessageId} is not sent: more than 24 hours have passed since the customer last wrote")]
    public static partial void OutsideTheWindow(this ILogger log, string messageId);

    [LoggerMessage(413, LogLevel.Information, "The agent is not shown that message {MessageId} is {Status} ({Reason})")]
    public static partial void NoReceipt(this ILogger log, string messageId, string status, string reason);

    [LoggerMessage(414, LogLevel.Information, "The customer is not shown that an agent writes ({Reason})")]
    public static partial void NoTyping(this ILogger log, string reason);

    [LoggerMessage(415, LogLevel.Information, "The file of message {MessageId} is with WhatsApp and can be sent")]
    public static partial void FileUploaded(this ILogger log, string messageId);

    [LoggerMessage(416, LogLevel.Warning, "The file of message {MessageId} cannot be sent ({Cause}, {ErrorCode})")]
    public static partial void FileNotSendable(this ILogger log, string messageId, Cause cause, string errorCode);

    [LoggerMessage(417, LogLevel.Information, "Message {MessageId} came too late for its place: one that was written after it had been sent")]
    public static partial void SentLate(this ILogger log, string messageId);
}
