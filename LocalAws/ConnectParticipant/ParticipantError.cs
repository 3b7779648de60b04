using LocalAws.Endpoint;

namespace LocalAws.ConnectParticipant;

/// <summary>The errors of the participant service.</summary>
internal static class ParticipantError
{
    /// <summary>Checks members against the limits of the model.</summary>
    public static readonly AwsConstraint Check = new("ValidationException");

    public static AwsException Validation(string message) => new("ValidationException", message);

    /// <summary>A wrong, mixed-up or expired token and an ended chat: AWS tells them apart no more than this.</summary>
    public static AwsException AccessDenied() => new("AccessDeniedException", "Access denied", 403);

    public static AwsException Conflict(string message) => new("ConflictException", message, 409);

    public static AwsException AttachmentQuotaExceeded(int quota) =>
        new("ServiceQuotaExceededException", $"The number of attachments per contact exceeds the quota of {quota}.", 402);

    public static AwsException Throttled() => new("ThrottlingException", "Rate exceeded", 429);
}
