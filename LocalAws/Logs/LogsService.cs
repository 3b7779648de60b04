using System.Globalization;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Lambda.Functions;
using LocalAws.Protocols;

namespace LocalAws.Logs;

/// <summary>
/// What CloudWatch Logs tells of functions' lines: the group <c>/aws/lambda/{function}</c>, a stream per sandbox. As many lines are kept as
/// <see cref="LambdaOptions.LogLines"/> says; nothing else writes logs.
/// </summary>
/// <param name="functions">Whose lines.</param>
/// <param name="account">The account.</param>
public sealed class LogsService(LambdaEngine functions, AwsAccount account) : AwsService("logs", Protocol)
{
    private const string GroupPrefix = "/aws/lambda/";
    private const int MaxEvents = 10_000;
    private const int MaxListed = 50;
    private static readonly AwsConstraint Check = new("InvalidParameterException");
    private static readonly JsonRpcProtocol Protocol = new(AwsJson.Json11, "Logs_20140328")
    {
        Service = "CloudWatch Logs",
        Refusal = "InvalidParameterException",
        NamespaceOf = _ => "com.amazonaws.logs",
    };

    private protected override IReadOnlyList<AwsOperation> Table =>
    [
        Protocol.Of("DescribeLogGroups", Shape.DescribeLogGroupsInput, Shape.DescribeLogGroupsOutput, DescribeLogGroups),
        Protocol.Of("DescribeLogStreams", Shape.DescribeLogStreamsInput, Shape.DescribeLogStreamsOutput, DescribeLogStreams),
        Protocol.Of("GetLogEvents", Shape.GetLogEventsInput, Shape.GetLogEventsOutput, GetLogEvents),
        Protocol.Of("FilterLogEvents", Shape.FilterLogEventsInput, Shape.FilterLogEventsOutput, FilterLogEvents),
    ];

    private static LogsJson Shape => LogsJson.Default;

    private DescribeLogGroupsOutput DescribeLogGroups(DescribeLogGroupsInput input)
    {
        var groups = functions.Functions.Select(function => GroupPrefix + function.Name)
            .Where(name => name.StartsWith(input.LogGroupNamePrefix ?? "", StringComparison.Ordinal) && name.Contains(input.LogGroupNamePattern ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(Describe);
        (IReadOnlyList<LogGroupOutput> page, string? next) = Page([.. groups], group => group.LogGroupName, input.NextToken, input.Limit);
        return new DescribeLogGroupsOutput(page, next);
    }

    private DescribeLogStreamsOutput DescribeLogStreams(DescribeLogStreamsInput input)
    {
        Check.OneOf(input.OrderBy, "orderBy", "LogStreamName", "LastEventTime");
        (string group, IReadOnlyList<FunctionLogLine> lines) = LinesOf(input.LogGroupName, input.LogGroupIdentifier);
        IEnumerable<LogStreamOutput> streams = lines.GroupBy(line => line.LogStream)
            .Where(stream => stream.Key.StartsWith(input.LogStreamNamePrefix ?? "", StringComparison.Ordinal))
            .Select(stream => Describe(group, stream.Key, [.. stream]));
        Func<LogStreamOutput, string> order = input.OrderBy == "LastEventTime"
            ? stream => string.Create(CultureInfo.InvariantCulture, $"{stream.LastEventTimestamp:D20} {stream.LogStreamName}")
            : stream => stream.LogStreamName;
        (IReadOnlyList<LogStreamOutput> page, string? next) = Page([.. streams], order, input.NextToken, input.Limit, input.Descending == true);
        return new DescribeLogStreamsOutput(page, next);
    }

    private GetLogEventsOutput GetLogEvents(GetLogEventsInput input)
    {
        string name = Check.Required(input.LogStreamName, "logStreamName");
        FunctionLogLine[] all = [.. LinesOf(input.LogGroupName, input.LogGroupIdentifier).Lines.Where(line => line.LogStream == name)];
        if (all.Length == 0)
        {
            throw LogsError.StreamNotFound();
        }

        (bool forward, long number) = input.NextToken is { } token ? DirectionOf(token) : input.StartFromHead == true ? (true, 0) : (false, long.MaxValue);
        IEnumerable<FunctionLogLine> lines = Within(all, input.StartTime, input.EndTime);
        FunctionLogLine[] page = forward
            ? [.. lines.Where(line => line.Number > number).Take(LimitOf(input.Limit))]
            : [.. lines.Where(line => line.Number < number).TakeLast(LimitOf(input.Limit))];
        long last = page.Length > 0 ? page[^1].Number : forward ? number : number == long.MaxValue ? 0 : number - 1;
        long first = page.Length > 0 ? page[0].Number : forward ? number + 1 : number;
        return new GetLogEventsOutput(
            [.. page.Select(line => new LogEventOutput(TimeOf(line), line.Text, TimeOf(line)))],
            string.Create(CultureInfo.InvariantCulture, $"f/{last}"),
            string.Create(CultureInfo.InvariantCulture, $"b/{first}"));
    }

    private FilterLogEventsOutput FilterLogEvents(FilterLogEventsInput input)
    {
        var pattern = new LogPattern(input.FilterPattern ?? "");
        long after = input.NextToken is { } token ? NumberOf(token) : 0;
        FunctionLogLine[] found = [.. Within(LinesOf(input.LogGroupName, input.LogGroupIdentifier).Lines, input.StartTime, input.EndTime).Where(line =>
            line.Number > after
            && (input.LogStreamNames?.Contains(line.LogStream) ?? true)
            && line.LogStream.StartsWith(input.LogStreamNamePrefix ?? "", StringComparison.Ordinal)
            && pattern.Matches(line.Text))];
        FunctionLogLine[] page = [.. found.Take(LimitOf(input.Limit))];
        return new FilterLogEventsOutput(
            [.. page.Select(line => new FilteredLogEventOutput(line.LogStream, TimeOf(line), line.Text, TimeOf(line), line.Number.ToString("D56", CultureInfo.InvariantCulture)))],
            [],
            page.Length < found.Length ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    private LogGroupOutput Describe(string name)
    {
        string arn = account.Arn("logs", $"log-group:{name}");
        IReadOnlyList<FunctionLogLine> lines = functions.GetLog(name[GroupPrefix.Length..]);
        return new LogGroupOutput(name, $"{arn}:*", arn, lines.Count > 0 ? TimeOf(lines[0]) : 0, 0, lines.Sum(line => (long)line.Text.Length), "STANDARD");
    }

    private LogStreamOutput Describe(string group, string name, FunctionLogLine[] lines) => new(
        name,
        account.Arn("logs", $"log-group:{group}:log-stream:{name}"),
        TimeOf(lines[0]),
        TimeOf(lines[0]),
        TimeOf(lines[^1]),
        TimeOf(lines[^1]),
        0);

    /// <summary>A group by its name, or by its name or ARN in the newer member.</summary>
    private (string Group, IReadOnlyList<FunctionLogLine> Lines) LinesOf(string? name, string? identifier)
    {
        string arn = account.Arn("logs", "log-group:");
        string group = name ?? Check.Required(identifier, "logGroupName");
        group = group.StartsWith(arn, StringComparison.Ordinal) ? group[arn.Length..].TrimEnd('*').TrimEnd(':') : group;
        return functions.Functions.Any(function => GroupPrefix + function.Name == group)
            ? (group, functions.GetLog(group[GroupPrefix.Length..]))
            : throw LogsError.GroupNotFound();
    }

    private static IEnumerable<FunctionLogLine> Within(IEnumerable<FunctionLogLine> lines, long? start, long? end) =>
        lines.Where(line => TimeOf(line) >= (start ?? long.MinValue) && TimeOf(line) < (end ?? long.MaxValue));

    private static long TimeOf(FunctionLogLine line) => line.At.ToUnixTimeMilliseconds();

    private static int LimitOf(int? limit)
    {
        Check.Range(limit, "limit", 1, MaxEvents);
        return limit ?? MaxEvents;
    }

    private static (IReadOnlyList<T> Page, string? Next) Page<T>(IReadOnlyList<T> all, Func<T, string> keyOf, string? token, int? limit, bool descending = false)
    {
        Check.Range(limit, "limit", 1, MaxListed);
        int sign = descending ? -1 : 1;
        T[] rest = [.. all.Where(item => token is null || sign * string.CompareOrdinal(keyOf(item), token) > 0)
            .Order(Comparer<T>.Create((left, right) => sign * string.CompareOrdinal(keyOf(left), keyOf(right))))];
        int size = limit ?? MaxListed;
        return rest.Length > size ? (rest[..size], keyOf(rest[size - 1])) : (rest, null);
    }

    private static (bool Forward, long Number) DirectionOf(string token) =>
        token.Split('/', 2) is ["f" or "b", var number] ? (token[0] == 'f', NumberOf(number)) : throw WrongToken();

    private static long NumberOf(string token) => long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw WrongToken();

    private static AwsException WrongToken() => LogsError.InvalidParameter("The specified nextToken is invalid.");
}
