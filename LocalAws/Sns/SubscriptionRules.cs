namespace LocalAws.Sns;

/// <summary>Which endpoints a subscription may have.</summary>
internal static class SubscriptionRules
{
    /// <exception cref="Endpoint.AwsException"><c>InvalidParameter</c>: the protocol is not imitated or the endpoint is no ARN of its kind.</exception>
    public static void Check(string protocol, string endpoint)
    {
        bool isValid = protocol switch
        {
            "lambda" => endpoint.StartsWith("arn:aws:lambda:", StringComparison.Ordinal) && endpoint.Contains(":function:", StringComparison.Ordinal),
            "sqs" => endpoint.StartsWith("arn:aws:sqs:", StringComparison.Ordinal),
            _ => throw SnsError.InvalidParameter($"Protocol Reason: this local cloud imitates lambda and sqs, not '{protocol}'"),
        };
        if (!isValid)
        {
            throw SnsError.InvalidParameter(protocol == "lambda" ? "Lambda endpoint ARN" : "SQS endpoint ARN");
        }
    }
}
