using LocalAws.Endpoint;

namespace LocalAws.Faults;

/// <summary>Each service's own errors for too many requests and for a fault of its own. Source: the services' API references, "Errors".</summary>
internal static class ServiceErrors
{
    private static readonly SortedDictionary<string, (string Throttled, int ThrottledStatus, string Broken)> Codes = new(StringComparer.Ordinal)
    {
        ["connect"] = ("TooManyRequestsException", 429, "InternalServiceException"),
        ["connectparticipant"] = ("ThrottlingException", 429, "InternalServerException"),
        ["dynamodb"] = ("ThrottlingException", 400, "InternalServerError"),
        ["dynamodbstreams"] = ("ThrottlingException", 400, "InternalServerError"),
        ["events"] = ("ThrottlingException", 400, "InternalException"),
        ["lambda"] = ("TooManyRequestsException", 429, "ServiceException"),
        ["logs"] = ("ThrottlingException", 400, "ServiceUnavailableException"),
        ["s3"] = ("SlowDown", 503, "InternalError"),
        ["sns"] = ("Throttled", 429, "InternalError"),
        ["socialmessaging"] = ("ThrottledRequestException", 429, "InternalServiceException"),
        ["sqs"] = ("RequestThrottled", 403, "InternalFailure"),
        ["ssm"] = ("ThrottlingException", 400, "InternalServerError"),
    };

    public static IEnumerable<string> Services => Codes.Keys;

    public static bool Knows(string service) => Codes.ContainsKey(service);

    public static AwsException Throttled(string service) => Codes.TryGetValue(service, out var codes)
        ? new AwsException(codes.Throttled, "Rate exceeded", codes.ThrottledStatus)
        : new AwsException("ThrottlingException", "Rate exceeded", 429);

    public static AwsException Broken(string service, string message = "The request processing has failed because of an unknown error.") =>
        new(Codes.TryGetValue(service, out var codes) ? codes.Broken : "InternalFailure", message, 500);
}
