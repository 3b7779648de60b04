using System.Net;
using System.Text;
using System.Text.Json;
using LocalAws.Lambda.Functions;

namespace LocalAws.Tests.Lambda.Wire;

/// <summary>The mapping of a queue over HTTP, with AWS's answers and AWS's refusals, word for word.</summary>
public sealed class QueueMappingServiceTests : IAsyncLifetime
{
    private const string Root = "/2015-03-31/event-source-mappings/";
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:orders";

    private readonly HttpClient _http = new();
    private LocalCloud _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await LocalCloud.StartAsync();
        _http.BaseAddress = _cloud.Uri;
        _cloud.Sqs.CreateQueue("orders");
        _cloud.Lambda.CreateFunction(new FunctionDefinition { Name = "on_order", Code = FunctionCode.FromText(Task.FromResult) });
        _cloud.Lambda.CreateFunction(new FunctionDefinition { Name = "slow", Code = FunctionCode.FromText(Task.FromResult), Timeout = TimeSpan.FromSeconds(60) });
    }

    [Fact]
    public async Task The_answer_has_what_AWS_tells_of_a_queues_mapping_and_no_more()
    {
        (HttpStatusCode status, JsonElement mapping) = await CreateAsync();

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(
            ["BatchSize", "EventSourceArn", "EventSourceMappingArn", "FunctionArn", "FunctionResponseTypes", "LastModified", "MaximumBatchingWindowInSeconds", "State", "StateTransitionReason", "UUID"],
            mapping.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            (10, 0, "[]", "Creating", "USER_INITIATED"),
            (mapping.GetProperty("BatchSize").GetInt32(), mapping.GetProperty("MaximumBatchingWindowInSeconds").GetInt32(), mapping.GetProperty("FunctionResponseTypes").GetRawText(), Text(mapping, "State"), Text(mapping, "StateTransitionReason")));
    }

    [Fact]
    public async Task A_mapping_is_created_read_listed_updated_and_deleted()
    {
        (_, JsonElement created) = await CreateAsync("""
            ,"ScalingConfig":{"MaximumConcurrency":2},"FilterCriteria":{"Filters":[{"Pattern":"{\"body\":{\"article\":[\"hat\"]}}"}]},"FunctionResponseTypes":["ReportBatchItemFailures"]
            """);
        string id = Text(created, "UUID")!;
        Assert.Equal("""{"MaximumConcurrency":2}""", created.GetProperty("ScalingConfig").GetRawText());
        Assert.True(created.TryGetProperty("FilterCriteria", out _));

        JsonElement read = await JsonAsync(await _http.GetAsync(Root + id));
        Assert.Equal(("Enabled", 0), (Text(read, "State"), read.GetProperty("Queue").GetProperty("PolledEventCount").GetInt32()));
        Assert.Single((await JsonAsync(await _http.GetAsync($"{Root}?EventSourceArn={Queue}"))).GetProperty("EventSourceMappings").EnumerateArray());

        (_, JsonElement updated) = await SendAsync(HttpMethod.Put, Root + id, """{"BatchSize":5,"ScalingConfig":{}}""");
        Assert.Equal((5, "Updating", false), (updated.GetProperty("BatchSize").GetInt32(), Text(updated, "State"), updated.TryGetProperty("ScalingConfig", out _)));
        (_, JsonElement deleted) = await SendAsync(HttpMethod.Delete, Root + id, "");
        Assert.Equal("Deleting", Text(deleted, "State"));
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(Root + id)).StatusCode);
    }

    [Theory]
    [InlineData(",\"BatchSize\":11", "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10")]
    [InlineData(",\"BatchSize\":10001,\"MaximumBatchingWindowInSeconds\":1", "BatchSize is 10001; it must be 1 to 10000.")]
    [InlineData(",\"MaximumBatchingWindowInSeconds\":301", "MaximumBatchingWindowInSeconds is 301; it must be 0 to 300.")]
    [InlineData(",\"ScalingConfig\":{\"MaximumConcurrency\":1}", "ScalingConfig.MaximumConcurrency is 1; it must be 2 to 1000.")]
    [InlineData(",\"StartingPosition\":\"LATEST\"", "StartingPosition is not valid for SQS event sources.")]
    [InlineData(",\"MaximumRetryAttempts\":1", "Unsupported MaximumRetryAttempts parameter for given event source mapping type.")]
    [InlineData(",\"MaximumRecordAgeInSeconds\":60", "Unsupported MaximumRecordAgeInSeconds parameter for given event source mapping type.")]
    [InlineData(",\"BisectBatchOnFunctionError\":true", "Unsupported BisectBatchOnFunctionError parameter for given event source mapping type.")]
    [InlineData(",\"ParallelizationFactor\":2", "Unsupported ParallelizationFactor parameter for given event source mapping type.")]
    [InlineData(",\"TumblingWindowInSeconds\":20", "Unsupported TumblingWindowInSeconds parameter for given event source mapping type.")]
    [InlineData(",\"DestinationConfig\":{\"OnSuccess\":{\"Destination\":\"" + Queue + "\"}}", "Unsupported DestinationConfig parameter for given event source mapping type.")]
    [InlineData(",\"FilterCriteria\":{\"Filters\":[{\"Pattern\":\"simple string\"}]}", "Invalid filter pattern definition.")]
    public async Task What_AWS_refuses_is_refused_in_its_words(string members, string message)
    {
        (HttpStatusCode status, JsonElement error) = await CreateAsync(members);

        Assert.Equal((HttpStatusCode.BadRequest, message, "User"), (status, Text(error, "message"), Text(error, "Type")));
    }

    [Theory]
    [InlineData("nobody", Queue, "Function does not exist")]
    [InlineData("on_order", Queue + "_of_nobody", "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.")]
    [InlineData("slow", Queue, "Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds")]
    public async Task A_function_or_a_queue_that_does_not_do_is_refused_in_AWSs_words(string function, string queue, string message)
    {
        (HttpStatusCode status, JsonElement error) = await SendAsync(HttpMethod.Post, Root, $$"""{"FunctionName":"{{function}}","EventSourceArn":"{{queue}}"}""");

        Assert.Equal((HttpStatusCode.BadRequest, message), (status, Text(error, "message")));
    }

    [Fact]
    public async Task An_update_is_checked_as_a_new_mapping_is()
    {
        (_, JsonElement mapping) = await CreateAsync();

        (_, JsonElement batch) = await SendAsync(HttpMethod.Put, Root + Text(mapping, "UUID"), """{"BatchSize":11}""");
        (_, JsonElement slow) = await SendAsync(HttpMethod.Put, Root + Text(mapping, "UUID"), """{"FunctionName":"slow"}""");

        Assert.Equal("Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10", Text(batch, "message"));
        Assert.Equal("Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds", Text(slow, "message"));
    }

    [Fact]
    public async Task The_same_queue_and_function_twice_is_a_conflict_in_AWSs_words()
    {
        (_, JsonElement first) = await CreateAsync();

        (HttpStatusCode status, JsonElement error) = await CreateAsync();

        Assert.Equal(
            (HttpStatusCode.Conflict, $"An event source mapping with SQS arn (\" {Queue} \") and function (\" on_order \") already exists. Please update or delete the existing mapping with UUID {Text(first, "UUID")}"),
            (status, Text(error, "message")));
    }

    [Theory]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:orders.fifo", "", "This local cloud does not imitate FIFO queues")]
    [InlineData("arn:aws:kinesis:us-east-1:123456789012:stream/orders", ",\"StartingPosition\":\"LATEST\"", "Unrecognized event source")]
    [InlineData(Queue, ",\"ProvisionedPollerConfig\":{}", "does not imitate the member 'ProvisionedPollerConfig'")]
    [InlineData(Queue, ",\"MetricsConfig\":{}", "does not imitate the member 'MetricsConfig'")]
    public async Task What_is_not_imitated_is_refused_by_name(string source, string members, string named)
    {
        (HttpStatusCode status, JsonElement error) = await SendAsync(HttpMethod.Post, Root, $$"""{"FunctionName":"on_order","EventSourceArn":"{{source}}"{{members}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, Text(error, "message"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("""{"FunctionName":1,"EventSourceArn":"x"}""")]
    [InlineData("""{"FunctionName":"on_order","EventSourceArn":"arn:aws:sqs:us-east-1:123456789012:orders","ScalingConfig":[]}""")]
    public async Task A_body_of_another_kind_is_a_SerializationException(string body)
    {
        using HttpResponseMessage response = await _http.PostAsync(Root, new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal((HttpStatusCode.BadRequest, "SerializationException"), (response.StatusCode, response.Headers.GetValues("x-amzn-ErrorType").Single()));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cloud.DisposeAsync();
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> CreateAsync(string members = "") =>
        SendAsync(HttpMethod.Post, Root, $$"""{"FunctionName":"on_order","EventSourceArn":"{{Queue}}"{{members}}}""");

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using HttpResponseMessage response = await _http.SendAsync(request);
        return (response.StatusCode, await JsonAsync(response));
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
