using WhatsAppBuffer.Simulator.Endpoint;

namespace WhatsAppBuffer.Simulator.SocialMessaging;

/// <summary>The errors of End User Messaging Social.</summary>
internal static class SocialMessagingError
{
    /// <summary>Checks members against the limits of the model.</summary>
    public static readonly AwsConstraint Check = new("ValidationException");

    public static AwsException Validation(string message) => new("ValidationException", message);

    /// <summary>What is wrong in the eyes of Meta rather than of AWS.</summary>
    public static AwsException InvalidParameters(string message) => new("InvalidParametersException", message);

    public static AwsException NotFound(string message) => new("ResourceNotFoundException", message, 404);
}
