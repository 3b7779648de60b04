using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;

namespace LocalAws.Tests.Logs;

/// <summary>What <c>aws logs tail /aws/lambda/f</c> and its like ask.</summary>
public sealed class LogsServiceTests : IAsyncDisposable
{
    private const string Group = "'logGroupName': '/aws/lambda/f'";
    private readonly LocalCloud _cloud = new();

    public LogsServiceTests() => _cloud.Lambda.CreateFunction(new FunctionDefinition { Name = "f", Code = FunctionCode.FromText(_ => Task.FromResult("{}")) });

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_tail_shows_the_lines_of_all_invocations_in_order_and_afterwards_only_new_ones()
    {
        await InvokeAsync("1");
        JsonNode first = await SendAsync("FilterLogEvents", $"{Group}, 'startTime': 0, 'interleaved': true");
        await InvokeAsync("2");
        string[] seen = EventsOf(first, "eventId");
        JsonNode second = await SendAsync("FilterLogEvents", "'logGroupIdentifier': 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/f:*'");

        Assert.Contains(EventsOf(first, "message"), line => line.StartsWith("START RequestId: 1 ", StringComparison.Ordinal));
        Assert.DoesNotContain(EventsOf(first, "message"), line => line.Contains("RequestId: 2", StringComparison.Ordinal));
        Assert.Equal(seen, EventsOf(second, "eventId")[..seen.Length]);
        Assert.Contains(EventsOf(second, "message")[seen.Length..], line => line.StartsWith("START RequestId: 2 ", StringComparison.Ordinal));
        Assert.Equal(EventsOf(second, "eventId").Distinct().Order(), EventsOf(second, "eventId"));
    }

    [Fact]
    public async Task Lines_come_page_by_page()
    {
        await InvokeAsync("1");
        string[] all = EventsOf(await SendAsync("FilterLogEvents", Group), "message");

        var paged = new List<string>();
        string? token = null;
        do
        {
            JsonNode page = await SendAsync("FilterLogEvents", $"{Group}, 'limit': 1{(token is null ? "" : $", 'nextToken': '{token}'")}");
            paged.AddRange(EventsOf(page, "message"));
            token = (string?)page["nextToken"];
        }
        while (token is not null);

        Assert.True(all.Length > 1);
        Assert.Equal(all, paged);
    }

    [Theory]
    [InlineData("START", true)]
    [InlineData("\\\"START RequestId: 1\\\"", true)]
    [InlineData("START nowhere", false)]
    [InlineData("?nowhere ?START", true)]
    [InlineData("START -RequestId", false)]
    [InlineData("", true)]
    public async Task A_pattern_of_terms_chooses_lines(string pattern, bool isFound)
    {
        await InvokeAsync("1");

        string[] lines = EventsOf(await SendAsync("FilterLogEvents", $"{Group}, 'filterPattern': '{pattern}'"), "message");

        Assert.Equal(isFound, lines.Any(line => line.StartsWith("START RequestId: 1 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stream_is_read_from_its_end_and_from_its_head_and_a_token_repeats_when_there_is_no_more()
    {
        await InvokeAsync("1");
        JsonNode stream = (await SendAsync("DescribeLogStreams", $"{Group}, 'orderBy': 'LastEventTime', 'descending': true"))["logStreams"]!.AsArray().Single()!;
        string of = $"{Group}, 'logStreamName': '{stream["logStreamName"]}'";

        string[] all = EventsOf(await SendAsync("GetLogEvents", $"{of}, 'startFromHead': true"), "message");
        JsonNode last = await SendAsync("GetLogEvents", $"{of}, 'limit': 1");
        JsonNode before = await SendAsync("GetLogEvents", $"{of}, 'limit': 1, 'nextToken': '{last["nextBackwardToken"]}'");
        JsonNode end = await SendAsync("GetLogEvents", $"{of}, 'nextToken': '{last["nextForwardToken"]}'");

        Assert.Equal(all[^1], Assert.Single(EventsOf(last, "message")));
        Assert.Equal(all[^2], Assert.Single(EventsOf(before, "message")));
        Assert.Empty(EventsOf(end, "message"));
        Assert.Equal((string?)last["nextForwardToken"], (string?)end["nextForwardToken"]);
        Assert.Equal((long)stream["lastEventTimestamp"]!, (long)last["events"]![0]!["timestamp"]!);
    }

    [Fact]
    public async Task Every_function_has_a_group()
    {
        JsonNode group = (await SendAsync("DescribeLogGroups", "'logGroupNamePrefix': '/aws/lambda/'"))["logGroups"]!.AsArray().Single()!;

        Assert.Equal("/aws/lambda/f", (string?)group["logGroupName"]);
        Assert.Equal("arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/f:*", (string?)group["arn"]);
        Assert.Empty((await SendAsync("DescribeLogGroups", "'logGroupNamePattern': 'nothing'"))["logGroups"]!.AsArray());
    }

    [Theory]
    [InlineData("FilterLogEvents", "'logGroupName': '/aws/lambda/g'", "ResourceNotFoundException")]
    [InlineData("GetLogEvents", "'logGroupName': '/aws/lambda/f', 'logStreamName': 'none'", "ResourceNotFoundException")]
    [InlineData("FilterLogEvents", "'logGroupName': '/aws/lambda/f', 'nextToken': 'x'", "InvalidParameterException")]
    [InlineData("FilterLogEvents", "'logGroupName': '/aws/lambda/f', 'filterPattern': '{ $.level = 1 }'", "InvalidParameterException")]
    [InlineData("FilterLogEvents", "'logGroupName': '/aws/lambda/f', 'unmask': true", "InvalidParameterException")]
    [InlineData("PutLogEvents", "'logGroupName': '/aws/lambda/f'", "UnknownOperationException")]
    public async Task What_is_not_there_or_not_imitated_is_refused_by_name(string operation, string members, string code) =>
        Assert.EndsWith($"#{code}", (string?)(await SendAsync(operation, members))["__type"], StringComparison.Ordinal);

    private Task InvokeAsync(string requestId) =>
        _cloud.Lambda.InvokeAsync("f", new InvocationRequest("{}"u8.ToArray()) { RequestId = requestId }, TestContext.Current.CancellationToken);

    private static string[] EventsOf(JsonNode answer, string member) => [.. answer["events"]!.AsArray().Select(e => (string)e![member]!)];

    private async Task<JsonNode> SendAsync(string operation, string members)
    {
        byte[] body = Encoding.UTF8.GetBytes($"{{{members}}}".Replace('\'', '"'));
        var headers = new HeaderDictionary { ["X-Amz-Target"] = $"Logs_20140328.{operation}" };
        AwsResponse response = await _cloud.Endpoint.AnswerAsync(new AwsRequest("POST", "/", QueryCollection.Empty, headers, body), TestContext.Current.CancellationToken);
        return JsonNode.Parse(response.Body.Span)!;
    }
}
