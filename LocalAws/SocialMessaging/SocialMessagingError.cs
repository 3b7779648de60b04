using LocalAws.Endpoint;

namespace LocalAws.SocialMessaging;

/// <summary>The errors of End User Messaging Social.</summary>
internal static class SocialMessagingError
{
    /// <summary>Checks members against the limits of the model.</summary>
    public static readonly AwsConstraint Check = new("ValidationException");

    public static AwsException Validation(string message) => new("ValidationException", message);

    /// <summary>What is wrong in the eyes of Meta rather than of AWS.</summary>
    public static AwsException InvalidParameters(string message) => new("InvalidParametersException", message);

    /// <summary>What the account may not do.</summary>
    public static AwsException AccessDenied(string message) => new("AccessDeniedException", message, 403);

    /// <summary>What Meta does not let the number do.</summary>
    public static AwsException AccessDeniedByMeta(string message) => new("AccessDeniedByMetaException", message, 403);

    public static AwsException NotFound(string message) => new("ResourceNotFoundException", message, 404);
}
