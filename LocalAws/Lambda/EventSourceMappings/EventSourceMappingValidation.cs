using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings.Filters;
using LocalAws.Lambda.Functions;

namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>What AWS refuses about a mapping's settings, and what this cloud does not imitate.</summary>
internal static class EventSourceMappingValidation
{
    private const int MaxFilters = 5;
    private const int MaxPatternLength = 4096;
    private const int LargestBatchWithoutWindow = 10;

    /// <summary>Whether an ARN is that of a queue, and its mapping so one of a queue.</summary>
    public static bool IsQueue(string eventSourceArn) => eventSourceArn.StartsWith("arn:aws:sqs:", StringComparison.Ordinal);

    /// <exception cref="AwsException"><c>InvalidParameterValueException</c>, naming the setting.</exception>
    public static void Validate(EventSourceMappingSettings settings)
    {
        Range(nameof(settings.BatchSize), settings.BatchSize, 1, 10_000);
        Range(nameof(settings.MaximumBatchingWindowInSeconds), settings.MaximumBatchingWindowInSeconds, 0, 300);
        ValidateFilters(settings);
        switch (settings)
        {
            case QueueMappingSettings queue:
                ValidateQueue(queue);
                break;
            case StreamMappingSettings stream:
                ValidateStream(stream);
                break;
        }
    }

    private static void ValidateQueue(QueueMappingSettings settings)
    {
        RequireSource(settings, IsQueue(settings.EventSourceArn));
        Require(
            !settings.EventSourceArn.EndsWith(".fifo", StringComparison.Ordinal),
            $"This local cloud does not imitate FIFO queues ('{settings.EventSourceArn}').");
        Require(
            settings.BatchSize <= LargestBatchWithoutWindow || settings.MaximumBatchingWindowInSeconds > 0,
            $"Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than {LargestBatchWithoutWindow}");
        Range("ScalingConfig.MaximumConcurrency", settings.MaximumConcurrency ?? 2, 2, 1000);
    }

    private static void ValidateStream(StreamMappingSettings settings)
    {
        RequireSource(
            settings,
            settings.EventSourceArn.StartsWith("arn:aws:dynamodb:", StringComparison.Ordinal) && settings.EventSourceArn.Contains("/stream/", StringComparison.Ordinal));
        Require(
            settings.StartingPosition is "TRIM_HORIZON" or "LATEST",
            $"Unsupported starting position '{settings.StartingPosition}' for source type DynamoDB. Use TRIM_HORIZON or LATEST.");
        Range(nameof(settings.TumblingWindowInSeconds), settings.TumblingWindowInSeconds, 0, 900);
        Range(nameof(settings.MaximumRetryAttempts), settings.MaximumRetryAttempts, -1, 10_000);
        Require(
            settings.MaximumRecordAgeInSeconds is -1 or (>= 60 and <= 604_800),
            $"MaximumRecordAgeInSeconds is {settings.MaximumRecordAgeInSeconds}; it must be -1 or 60 to 604,800.");
        Require(
            settings.OnFailure is null || DestinationArn.IsOneOf(settings.OnFailure, "sqs", "sns", "s3"),
            $"DestinationConfig.OnFailure '{settings.OnFailure}' is not imitated by this local cloud; use the ARN of an SQS queue, an SNS topic or an S3 bucket.");
        Range(nameof(settings.ParallelizationFactor), settings.ParallelizationFactor, 1, 10);
        Require(
            settings.ParallelizationFactor == 1 || !settings.HasWindows,
            "ParallelizationFactor must be 1 when TumblingWindowInSeconds is set.");
        Require(settings.Filters.Count == 0 || !settings.HasWindows, "FilterCriteria is not supported when TumblingWindowInSeconds is set.");
    }

    private static void ValidateFilters(EventSourceMappingSettings settings)
    {
        Require(settings.Filters.Count <= MaxFilters, $"FilterCriteria has {settings.Filters.Count} filters; at most {MaxFilters} are allowed.");
        Require(settings.Filters.All(f => f.Length <= MaxPatternLength), $"A filter pattern is longer than {MaxPatternLength} characters.");
        foreach (string pattern in settings.Filters)
        {
            FilterPattern.Parse(pattern);
        }
    }

    private static void RequireSource(EventSourceMappingSettings settings, bool isKnown) => Require(
        isKnown,
        $"Unrecognized event source: '{settings.EventSourceArn}'. This local cloud maps DynamoDB streams (arn:aws:dynamodb:…:table/…/stream/…) and SQS queues (arn:aws:sqs:…).");

    private static void Range(string name, int value, int low, int high) => Require(value >= low && value <= high, $"{name} is {value}; it must be {low} to {high}.");

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new AwsException("InvalidParameterValueException", message);
        }
    }
}
