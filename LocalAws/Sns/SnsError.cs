using LocalAws.Endpoint;

namespace LocalAws.Sns;

/// <summary>The errors of SNS.</summary>
internal static class SnsError
{
    public static AwsException InvalidParameter(string what) => new("InvalidParameter", $"Invalid parameter: {what}");

    public static AwsException InvalidValue(string message) => new("ParameterValueInvalid", message);

    public static AwsException NotFound(string what) => new("NotFound", $"{what} does not exist", 404);
}
