using System.Text;
using System.Text.Json.Nodes;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace WhatsAppBuffer.LimitedFeed.Tests;

public sealed class LambdaBootstrapTests
{
    private static readonly SourceGeneratorLambdaJsonSerializer<EventContext> Serializer = new();

    [Fact]
    public async Task An_event_is_handled_and_its_result_posted_under_its_request_id()
    {
        await using FakeRuntimeApi api = await FakeRuntimeApi.StartAsync(["""{"text":"hello"}"""]);
        Func<Sample, ILambdaContext, Task<Sample>> handler = (input, _) => Task.FromResult(new Sample { Text = input.Text + "!" });

        await RunAsync(api, LambdaBootstrapBuilder.Create(handler, Serializer), posts: 1);

        Received next = api.Server.Requests[0];
        Assert.Equal(("GET", "/my_function/2018-06-01/runtime/invocation/next"), (next.Method, next.Target));
        Assert.StartsWith("aws-lambda-dotnet/", next.Header("User-Agent"), StringComparison.Ordinal);
        Received response = api.Posts[0];
        Assert.Equal("/my_function/2018-06-01/runtime/invocation/id-1/response", response.Target);
        Assert.Equal("application/json", response.Header("Content-Type"));
        Assert.Equal("""{"Text":"hello!"}""", response.Body);
    }

    [Fact]
    public async Task A_handler_that_throws_is_reported_and_the_loop_goes_on()
    {
        await using FakeRuntimeApi api = await FakeRuntimeApi.StartAsync(["1", "2"]);
        Func<Stream, ILambdaContext, Task> handler = (_, context) => context.AwsRequestId == "id-1"
            ? throw new InvalidOperationException("No such table.", new TimeoutException("Too late."))
            : Task.CompletedTask;

        await RunAsync(api, LambdaBootstrapBuilder.Create(handler), posts: 2);

        Received error = api.Posts[0];
        Assert.Equal("/my_function/2018-06-01/runtime/invocation/id-1/error", error.Target);
        Assert.Equal("InvalidOperationException", error.Header("Lambda-Runtime-Function-Error-Type"));
        Assert.Equal("application/vnd.aws.lambda.error+json", error.Header("Content-Type"));
        JsonNode document = JsonNode.Parse(error.Body)!;
        Assert.Equal(("InvalidOperationException", "No such table."), ((string?)document["errorType"], (string?)document["errorMessage"]));
        Assert.NotEmpty(document["stackTrace"]!.AsArray());
        Assert.Equal("Too late.", (string?)document["cause"]!["errorMessage"]);
        Assert.Equal("/my_function/2018-06-01/runtime/invocation/id-2/response", api.Posts[1].Target);
        Assert.Empty(api.Posts[1].Body);
    }

    [Fact]
    public async Task Input_that_cannot_be_read_is_an_error_of_that_invocation()
    {
        await using FakeRuntimeApi api = await FakeRuntimeApi.StartAsync(["[]"]);
        Func<Sample, Task> handler = _ => Task.CompletedTask;

        await RunAsync(api, LambdaBootstrapBuilder.Create(handler, Serializer), posts: 1);

        Assert.Equal("JsonSerializerException", api.Posts[0].Header("Lambda-Runtime-Function-Error-Type"));
    }

    [Fact]
    public async Task A_failing_initialization_is_reported_and_ends_the_process()
    {
        await using FakeRuntimeApi api = await FakeRuntimeApi.StartAsync(["1"]);
        using LambdaBootstrap bootstrap = LambdaBootstrapBuilder.Create(() => Task.CompletedTask)
            .UseBootstrapHandler(() => throw new InvalidOperationException("No configuration."))
            .ConfigureOptions(options => options.RuntimeApiEndpoint = api.Endpoint)
            .Build();

        await Assert.ThrowsAsync<InvalidOperationException>(() => bootstrap.RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal("/my_function/2018-06-01/runtime/init/error", api.Server.Request.Target);
        Assert.Equal("No configuration.", (string?)JsonNode.Parse(api.Server.Request.Body)!["errorMessage"]);
    }

    [Fact]
    public async Task An_initializer_that_says_no_takes_no_event()
    {
        await using FakeRuntimeApi api = await FakeRuntimeApi.StartAsync(["1"]);
        using LambdaBootstrap bootstrap = LambdaBootstrapBuilder.Create(() => Task.CompletedTask)
            .UseBootstrapHandler(() => Task.FromResult(false))
            .ConfigureOptions(options => options.RuntimeApiEndpoint = api.Endpoint)
            .Build();

        await bootstrap.RunAsync(TestContext.Current.CancellationToken);

        Assert.Empty(api.Server.Requests);
    }

    [Fact]
    public async Task The_context_tells_what_the_runtime_api_and_the_environment_say()
    {
        using var variables = new EnvironmentVariables(
            ("AWS_LAMBDA_FUNCTION_NAME", "on_raw_messages"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/on_raw_messages"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "stream"),
            ("_X_AMZN_TRACE_ID", null));
        long deadline = TimeProvider.System.GetUtcNow().AddSeconds(30).ToUnixTimeMilliseconds();
        await using FakeRuntimeApi api = await FakeRuntimeApi.StartAsync(
            ["1"],
            ("Lambda-Runtime-Deadline-Ms", $"{deadline}"),
            ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:1:function:on_raw_messages"),
            ("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"),
            ("Lambda-Runtime-Client-Context", """{"client":{"app_title":"title"},"custom":{"a":"b"},"env":{"c":"d"}}"""),
            ("Lambda-Runtime-Cognito-Identity", """{"cognitoIdentityId":"i","cognitoIdentityPoolId":"p"}"""));
        ILambdaContext? seen = null;
        TimeSpan remaining = default;
        string? trace = null;

        await RunAsync(
            api,
            LambdaBootstrapBuilder.Create((Stream _, ILambdaContext context) =>
            {
                (seen, remaining) = (context, context.RemainingTime);
                trace = Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
                return Task.CompletedTask;
            }),
            posts: 1);

        Assert.NotNull(seen);
        Assert.Equal(("id-1", "on_raw_messages", "$LATEST"), (seen.AwsRequestId, seen.FunctionName, seen.FunctionVersion));
        Assert.Equal(256, seen.MemoryLimitInMB);
        Assert.Equal("arn:aws:lambda:us-east-1:1:function:on_raw_messages", seen.InvokedFunctionArn);
        Assert.Equal(("/aws/lambda/on_raw_messages", "stream"), (seen.LogGroupName, seen.LogStreamName));
        Assert.InRange(remaining, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.Equal("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1", trace);
        Assert.Equal(trace, seen.TraceId);
        Assert.Equal(("i", "p"), (seen.Identity.IdentityId, seen.Identity.IdentityPoolId));
        IClientContext client = seen.ClientContext;
        Assert.Equal(("title", "b", "d"), (client.Client.AppTitle, client.Custom["a"], client.Environment["c"]));
    }

    [Fact]
    public async Task A_stream_the_handler_wants_to_keep_stays_open()
    {
        await using FakeRuntimeApi api = await FakeRuntimeApi.StartAsync(["1", "2"]);
        using var kept = new MemoryStream("kept"u8.ToArray());
        using var given = new MemoryStream("given"u8.ToArray());
        using var bootstrap = new LambdaBootstrap(
            invocation => Task.FromResult(invocation.LambdaContext.AwsRequestId == "id-1"
                ? new InvocationResponse(kept, disposeOutputStream: false)
                : new InvocationResponse(given)),
            new Amazon.Lambda.RuntimeSupport.Bootstrap.LambdaBootstrapOptions { RuntimeApiEndpoint = api.Endpoint });

        await RunAsync(api, bootstrap, posts: 2);

        Assert.Equal(["kept", "given"], api.Posts.Select(post => post.Body));
        Assert.True(kept.CanRead);
        Assert.False(given.CanRead);
    }

    [Fact]
    public async Task Run_once_ends_after_one_event()
    {
        using var variables = new EnvironmentVariables(("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE", "true"));
        await using FakeRuntimeApi api = await FakeRuntimeApi.StartAsync(["1", "2"]);
        using LambdaBootstrap bootstrap = LambdaBootstrapBuilder.Create(() => Task.CompletedTask)
            .ConfigureOptions(options => options.RuntimeApiEndpoint = api.Endpoint)
            .Build();

        await bootstrap.RunAsync(TestContext.Current.CancellationToken);

        Assert.Single(api.Posts);
    }

    [Fact]
    public async Task A_runtime_api_that_refuses_the_next_event_ends_the_loop()
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(500, "broken"));
        using var variables = new EnvironmentVariables(("AWS_LAMBDA_RUNTIME_API", new Uri(server.Url).Authority));
        using LambdaBootstrap bootstrap = LambdaBootstrapBuilder.Create(() => Task.CompletedTask).Build();

        await Assert.ThrowsAnyAsync<Exception>(() => bootstrap.RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal("/2018-06-01/runtime/invocation/next", server.Request.Target);
    }

    [Fact]
    public async Task Every_form_of_handler_binds_to_the_overload_that_awaits_it()
    {
        var ran = new List<string>();
        async Task After(string form)
        {
            await Task.Yield();
            ran.Add(form);
        }

        Stream Text(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));
        (LambdaBootstrapBuilder Builder, string Output)[] forms =
        [
            (LambdaBootstrapBuilder.Create(() => After("none")), ""),
            (LambdaBootstrapBuilder.Create((Stream _) => After("stream")), ""),
            (LambdaBootstrapBuilder.Create((Sample input) => After(input.Text!), Serializer), ""),
            (LambdaBootstrapBuilder.Create((ILambdaContext context) => After(context.AwsRequestId)), ""),
            (LambdaBootstrapBuilder.Create((Stream _, ILambdaContext _) => After("stream, context")), ""),
            (LambdaBootstrapBuilder.Create((Sample _, ILambdaContext _) => After("input, context"), Serializer), ""),
            (LambdaBootstrapBuilder.Create((Sample input) => ran.Add(input.Text!), Serializer), ""),
            (LambdaBootstrapBuilder.Create(() => Task.FromResult(Text("raw"))), "raw"),
            (LambdaBootstrapBuilder.Create((Stream input) => input), """{"text":"in"}"""),
            (LambdaBootstrapBuilder.Create((Sample input, ILambdaContext _) => input, Serializer), """{"Text":"in"}"""),
            (LambdaBootstrapBuilder.Create(() => Task.FromResult(new Sample { Text = "out" }), Serializer), """{"Text":"out"}"""),
        ];

        foreach ((LambdaBootstrapBuilder builder, string output) in forms)
        {
            await using FakeRuntimeApi api = await FakeRuntimeApi.StartAsync(["""{"text":"in"}"""]);
            await RunAsync(api, builder, posts: 1);
            Assert.EndsWith("/response", api.Posts[0].Target, StringComparison.Ordinal);
            Assert.Equal(output, api.Posts[0].Body);
        }

        Assert.Equal(["none", "stream", "in", "id-1", "stream, context", "input, context", "in"], ran);
    }

    private static async Task RunAsync(FakeRuntimeApi api, LambdaBootstrapBuilder builder, int posts)
    {
        using LambdaBootstrap bootstrap = builder.ConfigureOptions(options => options.RuntimeApiEndpoint = api.Endpoint).Build();
        await RunAsync(api, bootstrap, posts);
    }

    /// <summary>Runs the loop until the function has answered so often and asks for more, then stops it.</summary>
    private static async Task RunAsync(FakeRuntimeApi api, LambdaBootstrap bootstrap, int posts)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task running = bootstrap.RunAsync(stop.Token);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!running.IsCompleted && api.Server.Requests.Count < 2 * posts + 1)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, timeout.Token);
        }

        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // Whether a cancelled loop returns or throws is not part of the contract.
        }
    }
}
