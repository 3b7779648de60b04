using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.SendWhatsAppMessage;

/// <summary>Everything this function logs: ids of sendings and contacts, names of templates, and error codes; never a value, a name or a number.</summary>
internal static partial class Log
{
    [LoggerMessage(501, LogLevel.Information, "Sent template {Template} for contact {ContactId}: sending {SendingId}, message {MessageId}")]
    public static partial void Sent(this ILogger log, string template, string contactId, string sendingId, string messageId);

    [LoggerMessage(502, LogLevel.Warning, "Contact {ContactId} is refused a template: {Reason}")]
    public static partial void Refused(this ILogger log, string contactId, string reason);

    [LoggerMessage(503, LogLevel.Error, "Nobody tells what became of sending {SendingId} of template {Template}: it is not sent again. The customer may have it")]
    public static partial void Unknown(this ILogger log, string template, string sendingId);

    [LoggerMessage(504, LogLevel.Information, "Sending {SendingId} of template {Template} was done before: {Status}")]
    public static partial void DoneBefore(this ILogger log, string template, string sendingId, string status);

    [LoggerMessage(505, LogLevel.Warning, "Sending {SendingId} of template {Template} was held back: {Reason}")]
    public static partial void HeldBack(this ILogger log, string template, string sendingId, string reason);

    [LoggerMessage(506, LogLevel.Error, "What became of sending {SendingId} was not noted: the same again will be answered with 'unknown'")]
    public static partial void NotNoted(this ILogger log, Exception failure, string sendingId);

    [LoggerMessage(507, LogLevel.Error, "No template can be sent: {Problem}")]
    public static partial void Misconfigured(this ILogger log, string problem);
}
