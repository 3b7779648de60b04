using LocalAws.Endpoint;

namespace LocalAws.Connect;

/// <summary>The errors of Connect.</summary>
internal static class ConnectError
{
    /// <summary>Checks members against the limits of the model.</summary>
    public static readonly AwsConstraint Check = new("InvalidParameterException");

    public static AwsException InvalidParameter(string message) => new("InvalidParameterException", message);

    public static AwsException InvalidRequest(string message) => new("InvalidRequestException", message);

    public static AwsException NotFound(string what) => new("ResourceNotFoundException", $"Resource not found: {what}.", 404);

    public static AwsException Throttled() => new("TooManyRequestsException", "Too Many Requests", 429);
}
