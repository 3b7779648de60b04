using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LocalAws.Tests.Lambda.EventSourceMappings;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using LocalAws.Sqs;

namespace LocalAws.Tests.Lambda.Wire;

/// <summary>The Lambda API over HTTP, as SDKs and the AWS CLI speak it.</summary>
public sealed class LambdaServiceTests : IAsyncLifetime
{
    private const string Arn = "arn:aws:lambda:us-east-1:123456789012:function:echo";

    private readonly LambdaFixture _lambda = new();
    private readonly HttpClient _http = new();
    private MemoryStreamSource _stream = null!;
    private SqsEngine _queues = null!;
    private EventSourceMappingEngine _mappings = null!;
    private AwsEndpointHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _stream = new MemoryStreamSource(_lambda.Clock);
        _queues = new SqsEngine(new AwsAccount(), _lambda.Clock);
        _mappings = new EventSourceMappingEngine(
            new AwsAccount(), _lambda.Clock, _stream, _queues, _lambda.Engine, _lambda.Engine.GetFunction, _lambda.Router);
        _host = await AwsEndpointHost.StartAsync(new AwsEndpoint([new LambdaService(_lambda.Engine, _mappings)]));
        _http.BaseAddress = _host.Uri;
        _lambda.Create("echo", payload => payload == "\"fail\"" ? throw new InvalidOperationException("no") : Task.FromResult(payload));
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("echo:$LATEST")]
    [InlineData("123456789012:function:echo")]
    [InlineData(Arn)]
    [InlineData(Arn + ":$LATEST")]
    public async Task A_function_is_invoked_by_any_spelling_of_its_name(string name)
    {
        using HttpResponseMessage response = await InvokeAsync(Uri.EscapeDataString(name), "[1]");

        Assert.Equal((HttpStatusCode.OK, "[1]"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("$LATEST", Header(response, "X-Amz-Executed-Version"));
        Assert.False(response.Headers.Contains("X-Amz-Function-Error"));
    }

    [Fact]
    public async Task The_qualifier_LATEST_is_known_and_no_other()
    {
        using HttpResponseMessage known = await InvokeAsync("echo", "1", query: "?Qualifier=%24LATEST");
        using HttpResponseMessage unknown = await InvokeAsync("echo", "1", query: "?Qualifier=prod");

        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        await AssertErrorAsync(unknown, 404, "ResourceNotFoundException", $"Function not found: {Arn}:prod");
    }

    [Fact]
    public async Task An_unknown_function_is_404()
    {
        using HttpResponseMessage response = await InvokeAsync("nobody", "1");

        await AssertErrorAsync(response, 404, "ResourceNotFoundException", "Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody");
    }

    [Fact]
    public async Task A_function_error_is_200_with_a_header()
    {
        using HttpResponseMessage response = await InvokeAsync("echo", "\"fail\"");

        Assert.Equal((HttpStatusCode.OK, "Unhandled"), (response.StatusCode, Header(response, "X-Amz-Function-Error")));
        Assert.Equal("no", (await JsonAsync(response)).GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task An_event_is_accepted_with_an_empty_202_and_run_later()
    {
        using HttpResponseMessage response = await InvokeAsync("echo", "1", ("X-Amz-Invocation-Type", "Event"));

        Assert.Equal((HttpStatusCode.Accepted, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        await Eventually.IsTrueAsync(() => _lambda.Engine.GetStatistics("echo").Invocations == 1 && _lambda.Engine.IsIdle, "the event was run");
    }

    [Fact]
    public async Task A_dry_run_is_204_and_runs_nothing()
    {
        using HttpResponseMessage response = await InvokeAsync("echo", "1", ("X-Amz-Invocation-Type", "DryRun"));

        Assert.Equal((HttpStatusCode.NoContent, 0), (response.StatusCode, (int)_lambda.Engine.GetStatistics("echo").Invocations));
    }

    [Fact]
    public async Task The_log_tail_comes_in_base64()
    {
        using HttpResponseMessage response = await InvokeAsync("echo", "1", ("X-Amz-Log-Type", "Tail"));

        string tail = Encoding.UTF8.GetString(Convert.FromBase64String(Header(response, "X-Amz-Log-Result")!));
        Assert.StartsWith("START RequestId: ", tail);
        Assert.Contains("REPORT RequestId: ", tail);
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_is_refused()
    {
        using HttpResponseMessage response = await InvokeAsync("echo", "{not json");

        await AssertErrorAsync(response, 400, "InvalidRequestContentException", "Could not parse request body into json");
    }

    [Theory]
    [InlineData("RequestResponse", 6_291_556)]
    [InlineData("Event", 1_048_576)]
    public async Task A_payload_over_the_limit_is_413(string type, int limit)
    {
        using HttpResponseMessage largest = await InvokeAsync("echo", $"\"{new string('x', limit - 2)}\"", ("X-Amz-Invocation-Type", type));
        using HttpResponseMessage tooLarge = await InvokeAsync("echo", $"\"{new string('x', limit - 1)}\"", ("X-Amz-Invocation-Type", type));

        Assert.True(largest.IsSuccessStatusCode);
        await AssertErrorAsync(tooLarge, 413, "RequestTooLargeException", $"{limit}");
    }

    [Fact]
    public async Task Throttling_is_429_with_a_reason_and_Retry_After()
    {
        _lambda.Create("off", Task.FromResult, d => d with { ReservedConcurrency = 0 });

        using HttpResponseMessage response = await InvokeAsync("off", "1");

        Assert.Equal("1", Header(response, "Retry-After"));
        Assert.Equal("ReservedFunctionConcurrentInvocationLimitExceeded", (await JsonAsync(response)).GetProperty("Reason").GetString());
        await AssertErrorAsync(response, 429, "TooManyRequestsException", "Rate Exceeded.");
    }

    [Fact]
    public async Task The_callers_trace_and_client_context_reach_the_function()
    {
        _lambda.Engine.CreateFunction(new FunctionDefinition { Name = "probe", Code = Runtimes.Runtime.Python, Timeout = TimeSpan.FromSeconds(20) });
        const string Trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

        using HttpResponseMessage response = await InvokeAsync(
            "probe", """{"do":"context"}""", ("X-Amzn-Trace-Id", Trace), ("X-Amz-Client-Context", Convert.ToBase64String("""{"custom":{}}"""u8)));

        JsonElement context = await JsonAsync(response);
        Assert.Equal(Trace, context.GetProperty("Lambda-Runtime-Trace-Id").GetString());
        Assert.Equal("""{"custom":{}}""", context.GetProperty("Lambda-Runtime-Client-Context").GetString());
    }

    [Fact]
    public async Task Functions_are_described_and_listed()
    {
        JsonElement function = await GetAsync("/2015-03-31/functions/echo");
        JsonElement configuration = await GetAsync("/2015-03-31/functions/echo/configuration");
        JsonElement list = await GetAsync("/2015-03-31/functions/");

        Assert.Equal(Arn, function.GetProperty("Configuration").GetProperty("FunctionArn").GetString());
        Assert.Equal(("Active", 3), (configuration.GetProperty("State").GetString(), configuration.GetProperty("Timeout").GetInt32()));
        Assert.Equal("echo", Assert.Single(list.GetProperty("Functions").EnumerateArray()).GetProperty("FunctionName").GetString());
    }

    [Fact]
    public async Task Creating_a_function_over_the_wire_is_refused_with_the_reason()
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, "/2015-03-31/functions", "{}");

        await AssertErrorAsync(response, 400, "InvalidParameterValueException", "CreateFunction");
    }

    [Fact]
    public async Task The_event_invoke_config_is_put_and_read_back()
    {
        const string Path = "/2019-09-25/functions/echo/event-invoke-config";
        using HttpResponseMessage put = await SendAsync(
            HttpMethod.Put, Path, """{"MaximumRetryAttempts":1,"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:sqs:us-east-1:123456789012:failed"}}}""");
        JsonElement config = await GetAsync(Path);

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal((1, 21_600), (config.GetProperty("MaximumRetryAttempts").GetInt32(), config.GetProperty("MaximumEventAgeInSeconds").GetInt32()));
        Assert.Equal($"{Arn}:$LATEST", config.GetProperty("FunctionArn").GetString());
        Assert.Equal("""{"OnSuccess":{},"OnFailure":{"Destination":"arn:aws:sqs:us-east-1:123456789012:failed"}}""", config.GetProperty("DestinationConfig").GetRawText());
    }

    [Fact]
    public async Task A_mapping_is_created_read_listed_updated_and_deleted()
    {
        const string Root = "/2015-03-31/event-source-mappings/";
        using HttpResponseMessage created = await SendAsync(HttpMethod.Post, Root, $$$"""
            {"FunctionName":"echo","EventSourceArn":"{{{MemoryStreamSource.Arn}}}","StartingPosition":"LATEST","BatchSize":10,"FilterCriteria":{"Filters":[]}}
            """);
        JsonElement mapping = await JsonAsync(created);
        string id = mapping.GetProperty("UUID").GetString()!;

        Assert.Equal((HttpStatusCode.Accepted, "Creating"), (created.StatusCode, mapping.GetProperty("State").GetString()));
        Assert.Equal((-1, -1, 1, 0), (Int(mapping, "MaximumRecordAgeInSeconds"), Int(mapping, "MaximumRetryAttempts"), Int(mapping, "ParallelizationFactor"), Int(mapping, "TumblingWindowInSeconds")));
        Assert.Equal(JsonValueKind.Number, mapping.GetProperty("LastModified").ValueKind);
        Assert.Equal("""{"OnFailure":{}}""", mapping.GetProperty("DestinationConfig").GetRawText());
        Assert.False(mapping.TryGetProperty("FilterCriteria", out _));
        Assert.Equal("Enabled", (await GetAsync(Root + id)).GetProperty("State").GetString());
        Assert.Single((await GetAsync($"{Root}?FunctionName=echo")).GetProperty("EventSourceMappings").EnumerateArray());
        using HttpResponseMessage updated = await SendAsync(HttpMethod.Put, Root + id, """{"FunctionResponseTypes":["ReportBatchItemFailures"]}""");
        Assert.Equal("""["ReportBatchItemFailures"]""", (await JsonAsync(updated)).GetProperty("FunctionResponseTypes").GetRawText());
        using HttpResponseMessage deleted = await SendAsync(HttpMethod.Delete, Root + id, "");
        Assert.Equal("Deleting", (await JsonAsync(deleted)).GetProperty("State").GetString());
        using HttpResponseMessage gone = await _http.GetAsync(Root + id);
        await AssertErrorAsync(gone, 404, "ResourceNotFoundException", "");
    }

    [Fact]
    public async Task A_mapping_tells_of_each_shard_its_window_what_waits_and_what_went_wrong()
    {
        _lambda.Create("broken", _ => throw new InvalidOperationException("out of order"));
        _stream.AddShard("shard-1");
        EventSourceMappingState mapping = await _mappings.CreateAsync(new StreamMappingSettings
        {
            FunctionName = "broken",
            EventSourceArn = MemoryStreamSource.Arn,
            MaximumBatchingWindowInSeconds = 5,
            TumblingWindowInSeconds = 20,
        });
        _stream.Write("a");
        Pass(seconds: 2);

        JsonElement shard = Assert.Single((await GetAsync($"/2015-03-31/event-source-mappings/{mapping.Id}")).GetProperty("Shards").EnumerateArray());

        Assert.Equal(("shard-1", 1, 2.0), (shard.GetProperty("ShardId").GetString(), Int(shard, "RecordsWaiting"), shard.GetProperty("IteratorAgeInSeconds").GetDouble()));
        Assert.Equal("""{"Start":"2026-11-22T10:00:00Z","End":"2026-11-22T10:00:20Z"}""", shard.GetProperty("OpenWindow").GetRawText());
        Assert.Equal(JsonValueKind.Null, shard.GetProperty("LastError").ValueKind);

        await Eventually.IsTrueAsync(() => _mappings.GetShards(mapping.Id)[0].LastError is not null, "the call has failed", meanwhile: () => Pass(seconds: 0.05));
        shard = Assert.Single((await GetAsync($"/2015-03-31/event-source-mappings/{mapping.Id}")).GetProperty("Shards").EnumerateArray());
        Assert.Contains("out of order", shard.GetProperty("LastError").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"ProvisionedPollerConfig\":{}", 400, "InvalidParameterValueException", "'ProvisionedPollerConfig'")]
    [InlineData("\"BatchSize\":\"ten\"", 400, "SerializationException", "BatchSize")]
    [InlineData("\"BatchSize\":20000", 400, "InvalidParameterValueException", "BatchSize")]
    [InlineData("\"TumblingWindowInSeconds\":10,\"FilterCriteria\":{\"Filters\":[{\"Pattern\":\"{\\\"eventName\\\":[\\\"INSERT\\\"]}\"}]}", 400, "InvalidParameterValueException", "FilterCriteria")]
    public async Task A_mapping_that_cannot_be_is_refused_by_name(string member, int status, string code, string named)
    {
        using HttpResponseMessage response = await SendAsync(
            HttpMethod.Post,
            "/2015-03-31/event-source-mappings/",
            $$$"""{"FunctionName":"echo","EventSourceArn":"{{{MemoryStreamSource.Arn}}}","StartingPosition":"LATEST",{{{member}}}}""");

        await AssertErrorAsync(response, status, code, named);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        await _mappings.DisposeAsync();
        await _lambda.DisposeAsync();
    }

    /// <summary>In steps, so that whatever is due on the way happens on the way.</summary>
    private void Pass(double seconds)
    {
        for (double passed = 0; passed < seconds; passed += 0.05)
        {
            _lambda.Clock.Advance(TimeSpan.FromMilliseconds(50));
        }
    }

    private static int Int(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.Single() : null;

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    private static async Task AssertErrorAsync(HttpResponseMessage response, int status, string code, string message)
    {
        JsonElement error = await JsonAsync(response);
        Assert.Equal((status, code), ((int)response.StatusCode, Header(response, "X-Amzn-Errortype")));
        Assert.Contains(message, (error.TryGetProperty("message", out JsonElement text) ? text : error.GetProperty("Message")).GetString());
        Assert.Equal("User", error.GetProperty("Type").GetString());
    }

    private async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await _http.GetStringAsync(path)).RootElement;

    private Task<HttpResponseMessage> InvokeAsync(string name, string json, params (string Name, string Value)[] headers) => InvokeAsync(name, json, "", headers);

    private Task<HttpResponseMessage> InvokeAsync(string name, string json, string query, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, $"/2015-03-31/functions/{name}/invocations{query}", json, headers);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, MediaTypeHeaderValue.Parse("application/json")) };
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await _http.SendAsync(request);
    }
}
