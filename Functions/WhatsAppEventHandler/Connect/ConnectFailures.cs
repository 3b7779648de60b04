using System.Net;

namespace WhatsAppBuffer.WhatsAppEventHandler.Connect;

/// <summary>
/// Reads Connect's answers. Codes and statuses: API references of Amazon Connect and Amazon Connect Participant Service, "Errors".
/// </summary>
internal static class ConnectFailures
{
    /// <summary>What an error answer of <paramref name="operation"/> means.</summary>
    public static ConnectFailure Of(string operation, string? errorCode, HttpStatusCode status) => (operation, errorCode, status) switch
    {
        (_, _, HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError) => ConnectFailure.Transient,
        (_, "TooManyRequestsException" or "ThrottlingException" or "Throttling" or "RequestTimeout" or "LimitExceededException", _) => ConnectFailure.Transient,
        // A success that could not be read: the connection broke while the answer was under way.
        (_, _, HttpStatusCode.OK) => ConnectFailure.Transient,
        ("SendMessage" or "CreateParticipantConnection" or "StartAttachmentUpload" or "CompleteAttachmentUpload", "AccessDeniedException", _) => ConnectFailure.Denied,
        ("SendMessage", "ValidationException" or "InvalidRequestException" or "InvalidParameterException", _) => ConnectFailure.Refused,
        ("SendMessage", _, HttpStatusCode.RequestEntityTooLarge) => ConnectFailure.Refused,
        // Whatever it has against a file, the customer's words must not wait for that.
        ("StartAttachmentUpload" or "CompleteAttachmentUpload" or AmazonConnect.PutAttachment, _, _) => ConnectFailure.Refused,
        _ => ConnectFailure.Misconfigured,
    };
}
