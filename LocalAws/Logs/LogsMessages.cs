using System.Text.Json.Serialization;

namespace LocalAws.Logs;

internal sealed record DescribeLogGroupsInput(string? LogGroupNamePrefix, string? LogGroupNamePattern, int? Limit, string? NextToken);

internal sealed record DescribeLogGroupsOutput(IReadOnlyList<LogGroupOutput> LogGroups, string? NextToken);

internal sealed record LogGroupOutput(string LogGroupName, string Arn, string LogGroupArn, long CreationTime, int MetricFilterCount, long StoredBytes, string LogGroupClass);

internal sealed record DescribeLogStreamsInput(
    string? LogGroupName, string? LogGroupIdentifier, string? LogStreamNamePrefix, string? OrderBy, bool? Descending, int? Limit, string? NextToken);

internal sealed record DescribeLogStreamsOutput(IReadOnlyList<LogStreamOutput> LogStreams, string? NextToken);

internal sealed record LogStreamOutput(string LogStreamName, string Arn, long CreationTime, long FirstEventTimestamp, long LastEventTimestamp, long LastIngestionTime, long StoredBytes);

internal sealed record GetLogEventsInput(
    string? LogGroupName, string? LogGroupIdentifier, string? LogStreamName, long? StartTime, long? EndTime, int? Limit, string? NextToken, bool? StartFromHead);

internal sealed record GetLogEventsOutput(IReadOnlyList<LogEventOutput> Events, string NextForwardToken, string NextBackwardToken);

internal sealed record LogEventOutput(long Timestamp, string Message, long IngestionTime);

internal sealed record FilterLogEventsInput(
    string? LogGroupName,
    string? LogGroupIdentifier,
    IReadOnlyList<string>? LogStreamNames,
    string? LogStreamNamePrefix,
    long? StartTime,
    long? EndTime,
    string? FilterPattern,
    int? Limit,
    string? NextToken,
    bool? Interleaved);

internal sealed record FilterLogEventsOutput(IReadOnlyList<FilteredLogEventOutput> Events, IReadOnlyList<SearchedStreamOutput> SearchedLogStreams, string? NextToken);

internal sealed record FilteredLogEventOutput(string LogStreamName, long Timestamp, string Message, long IngestionTime, string EventId);

internal sealed record SearchedStreamOutput(string LogStreamName, bool SearchedCompletely);

[JsonSerializable(typeof(DescribeLogGroupsInput))]
[JsonSerializable(typeof(DescribeLogGroupsOutput))]
[JsonSerializable(typeof(DescribeLogStreamsInput))]
[JsonSerializable(typeof(DescribeLogStreamsOutput))]
[JsonSerializable(typeof(GetLogEventsInput))]
[JsonSerializable(typeof(GetLogEventsOutput))]
[JsonSerializable(typeof(FilterLogEventsInput))]
[JsonSerializable(typeof(FilterLogEventsOutput))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class LogsJson : JsonSerializerContext;
