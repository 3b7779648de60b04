using LocalAws.Endpoint;

namespace LocalAws.Logs;

/// <summary>The errors of CloudWatch Logs.</summary>
internal static class LogsError
{
    public static AwsException InvalidParameter(string message) => new("InvalidParameterException", message);

    public static AwsException GroupNotFound() => new("ResourceNotFoundException", "The specified log group does not exist.");

    public static AwsException StreamNotFound() => new("ResourceNotFoundException", "The specified log stream does not exist.");
}
