using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Events;
using LocalAws.Tests.Endpoint;

namespace LocalAws.Tests.Events;

/// <summary>EventBridge over HTTP, as SDKs and the AWS CLI speak it.</summary>
public sealed class EventBridgeServiceTests : IAsyncLifetime
{
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:sweep";

    private readonly EventBridgeEngine _engine = new(new AwsAccount(), new FakeTimeProvider(), new DeliveryRouter());
    private TestEndpoint _endpoint = null!;

    public async ValueTask InitializeAsync() => _endpoint = await TestEndpoint.StartAsync(new EventBridgeService(_engine));

    public ValueTask DisposeAsync()
    {
        _engine.Dispose();
        return _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task A_rule_and_its_targets_are_put_described_listed_disabled_and_removed()
    {
        Assert.Equal("""{"RuleArn":"arn:aws:events:us-east-1:123456789012:rule/sweep"}""", await OkAsync("PutRule", """{"Name":"sweep","ScheduleExpression":"rate(5 minutes)","Description":"Sweeps"}"""));
        Assert.Equal("""{"FailedEntryCount":0,"FailedEntries":[]}""", await OkAsync("PutTargets", $$"""{"Rule":"sweep","Targets":[{"Id":"function","Arn":"{{Function}}"}]}"""));
        const string Rule = """{"Name":"sweep","Arn":"arn:aws:events:us-east-1:123456789012:rule/sweep","State":"ENABLED","Description":"Sweeps","ScheduleExpression":"rate(5 minutes)","EventBusName":"default"}""";
        Assert.Equal(Rule, await OkAsync("DescribeRule", """{"Name":"sweep","EventBusName":"default"}"""));
        Assert.Equal($$"""{"Rules":[{{Rule}}]}""", await OkAsync("ListRules", "{}"));
        Assert.Equal("""{"Rules":[]}""", await OkAsync("ListRules", """{"NamePrefix":"x"}"""));
        Assert.Equal($$"""{"Targets":[{"Id":"function","Arn":"{{Function}}"}]}""", await OkAsync("ListTargetsByRule", """{"Rule":"sweep"}"""));
        await OkAsync("DisableRule", """{"Name":"sweep"}""");
        Assert.Contains("\"DISABLED\"", await OkAsync("DescribeRule", """{"Name":"sweep"}"""));
        await OkAsync("EnableRule", """{"Name":"sweep"}""");
        Assert.Contains("\"ENABLED\"", await OkAsync("DescribeRule", """{"Name":"sweep"}"""));
        Assert.Equal("""{"FailedEntryCount":0,"FailedEntries":[]}""", await OkAsync("RemoveTargets", """{"Rule":"sweep","Ids":["function"]}"""));
        await OkAsync("DeleteRule", """{"Name":"sweep"}""");
        Assert.Equal(("ResourceNotFoundException", "Rule sweep does not exist on EventBus default."), await ErrorAsync("DescribeRule", """{"Name":"sweep"}"""));
    }

    [Fact]
    public async Task Rules_are_listed_page_by_page()
    {
        foreach (string name in (string[])["a", "b", "c"])
        {
            _engine.PutRule(name, "rate(1 hour)");
        }

        using JsonDocument first = JsonDocument.Parse(await OkAsync("ListRules", """{"Limit":2}"""));
        using JsonDocument second = JsonDocument.Parse(await OkAsync("ListRules", $$"""{"Limit":2,"NextToken":"{{first.RootElement.GetProperty("NextToken")}}"}"""));

        Assert.Equal(["a", "b"], Names(first));
        Assert.Equal(["c"], Names(second));
        Assert.False(second.RootElement.TryGetProperty("NextToken", out _));
    }

    [Theory]
    [InlineData("PutRule", """{"Name":"sweep"}""", "Parameter(s) EventPattern or ScheduleExpression must be specified.")]
    [InlineData("PutRule", """{"Name":"a sweep","ScheduleExpression":"rate(1 hour)"}""", "at 'name'")]
    [InlineData("PutRule", """{"ScheduleExpression":"rate(1 hour)"}""", "at 'name'")]
    [InlineData("PutRule", """{"Name":"sweep","ScheduleExpression":"rate(1 hour)","State":"ON"}""", "at 'state'")]
    [InlineData("PutTargets", """{"Rule":"sweep","Targets":[]}""", "at 'targets'")]
    [InlineData("PutTargets", """{"Rule":"sweep","Targets":[{"Id":"a","Arn":"arn:aws:lambda:x","Input":"{"}]}""", "JSON syntax error in input for target a.")]
    [InlineData("ListRules", """{"Limit":101}""", "at 'limit'")]
    public async Task A_member_against_the_rules_is_refused(string operation, string input, string named)
    {
        (string code, string message) = await ErrorAsync(operation, input);

        Assert.Equal("ValidationException", code);
        Assert.Contains(named, message);
    }

    [Theory]
    [InlineData("PutRule", """{"Name":"sweep","EventPattern":"{}"}""", "EventPattern")]
    [InlineData("PutRule", """{"Name":"sweep","ScheduleExpression":"cron(0 12 * * ? *)"}""", "cron")]
    [InlineData("PutRule", """{"Name":"sweep","ScheduleExpression":"rate(1 hour)","RoleArn":"arn"}""", "RoleArn")]
    [InlineData("PutRule", """{"Name":"sweep","ScheduleExpression":"rate(1 hour)","EventBusName":"mine"}""", "EventBusName")]
    [InlineData("PutRule", """{"Name":"sweep","ScheduleExpression":"rate(9999 days)"}""", "a year")]
    [InlineData("PutTargets", """{"Rule":"sweep","Targets":[{"Id":"a","Arn":"arn:aws:kinesis:us-east-1:123456789012:stream/s"}]}""", "arn:aws:kinesis")]
    [InlineData("PutTargets", """{"Rule":"sweep","Targets":[{"Id":"a","Arn":"arn:aws:lambda:x","InputPath":"$.x"}]}""", "InputPath")]
    [InlineData("PutEvents", "{}", "PutEvents")]
    public async Task What_is_not_imitated_is_refused_by_name(string operation, string input, string named)
    {
        (_, string message) = await ErrorAsync(operation, input);

        Assert.Contains(named, message);
        Assert.Contains("This local cloud", message);
    }

    private static IEnumerable<string?> Names(JsonDocument list) => list.RootElement.GetProperty("Rules").EnumerateArray().Select(rule => rule.GetProperty("Name").GetString());

    private async Task<string> OkAsync(string operation, string input)
    {
        using HttpResponseMessage response = await SendAsync(operation, input);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<(string Code, string Message)> ErrorAsync(string operation, string input)
    {
        using HttpResponseMessage response = await SendAsync(operation, input);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using JsonDocument error = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (error.RootElement.GetProperty("__type").GetString()!.Split('#')[^1], error.RootElement.GetProperty("message").GetString()!);
    }

    private Task<HttpResponseMessage> SendAsync(string operation, string input)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(input, Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", $"AWSEvents.{operation}");
        return _endpoint.Http.SendAsync(request);
    }
}
