using LocalAws.Endpoint;

namespace LocalAws.Sqs;

/// <summary>The errors of SQS. Their codes are those of the JSON protocol; <see cref="QueryCode"/> gives the older ones that clients still see.</summary>
internal static class SqsError
{
    public static AwsException QueueDoesNotExist() => new("QueueDoesNotExist", "The specified queue does not exist.");

    public static AwsException InvalidAttributeName(string name) =>
        new("InvalidAttributeName", $"Unknown Attribute {name}: this local cloud does not imitate it.");

    public static AwsException InvalidAttributeValue(string name) => new("InvalidAttributeValue", $"Invalid value for the parameter {name}.");

    public static AwsException InvalidParameterValue(string message) => new("InvalidParameterValue", message);

    public static AwsException MissingParameter(string name) => new("MissingParameter", $"The request must contain the parameter {name}.");

    public static AwsException ReceiptHandleIsInvalid() => new("ReceiptHandleIsInvalid", "The input receipt handle is invalid.");

    public static AwsException UnsupportedOperation(string message) => new("UnsupportedOperation", message);

    /// <summary>The code that the query protocol had for an error; SDKs that ask for it (<c>x-amzn-query-mode</c>) report this one.</summary>
    public static string QueryCode(string code) => code switch
    {
        "QueueDoesNotExist" => "AWS.SimpleQueueService.NonExistentQueue",
        "QueueNameExists" => "QueueAlreadyExists",
        "QueueDeletedRecently" or "PurgeQueueInProgress" or "MessageNotInflight" or "UnsupportedOperation" or "EmptyBatchRequest"
            or "TooManyEntriesInBatchRequest" or "BatchEntryIdsNotDistinct" or "BatchRequestTooLong" or "InvalidBatchEntryId" => $"AWS.SimpleQueueService.{code}",
        _ => code,
    };
}
