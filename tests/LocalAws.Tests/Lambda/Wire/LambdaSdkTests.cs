using System.Text;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Sqs;

namespace LocalAws.Tests.Lambda.Wire;

/// <summary>The AWS SDK for .NET as the caller, as the aggregator uses it.</summary>
public sealed class LambdaSdkTests : IAsyncLifetime
{
    private readonly LambdaFixture _lambda = new();
    private EventSourceMappingEngine _mappings = null!;
    private AwsEndpointHost _host = null!;
    private AmazonLambdaClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _mappings = new EventSourceMappingEngine(
            new AwsAccount(), _lambda.Clock, new EventSourceMappings.MemoryStreamSource(_lambda.Clock), new SqsEngine(new AwsAccount(), _lambda.Clock), _lambda.Engine, _lambda.Engine.GetFunction, new DeliveryRouter());
        _host = await AwsEndpointHost.StartAsync(new AwsEndpoint([new LambdaService(_lambda.Engine, _mappings)]));
        _client = new AmazonLambdaClient("id", "secret", new AmazonLambdaConfig { ServiceURL = _host.Uri.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
        _lambda.Create("echo", payload => payload == "\"fail\"" ? throw new InvalidOperationException("no") : Task.FromResult(payload));
    }

    [Fact]
    public async Task A_call_by_ARN_answers_the_payload()
    {
        InvokeResponse response = await InvokeAsync("arn:aws:lambda:us-east-1:123456789012:function:echo", "[1]");

        Assert.Equal((200, null, "[1]"), (response.StatusCode, response.FunctionError, Encoding.UTF8.GetString(response.Payload.ToArray())));
    }

    [Fact]
    public async Task A_function_error_is_no_exception() => Assert.Equal("Unhandled", (await InvokeAsync("echo", "\"fail\"")).FunctionError);

    [Fact]
    public async Task An_event_is_accepted() => Assert.Equal(202, (await InvokeAsync("echo", "1", InvocationType.Event)).StatusCode);

    [Fact]
    public async Task An_unknown_function_is_a_ResourceNotFoundException() =>
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => InvokeAsync("nobody", "1"));

    [Fact]
    public async Task Throttling_is_a_TooManyRequestsException_with_its_reason()
    {
        _lambda.Create("off", Task.FromResult, d => d with { ReservedConcurrency = 0 });

        TooManyRequestsException error = await Assert.ThrowsAsync<TooManyRequestsException>(() => InvokeAsync("off", "1"));

        Assert.Equal((ThrottleReason.ReservedFunctionConcurrentInvocationLimitExceeded, "1"), (error.Reason, error.RetryAfterSeconds));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _mappings.DisposeAsync();
        await _lambda.DisposeAsync();
    }

    private Task<InvokeResponse> InvokeAsync(string name, string payload, InvocationType? type = null) =>
        _client.InvokeAsync(new InvokeRequest { FunctionName = name, Payload = payload, InvocationType = type ?? InvocationType.RequestResponse });
}
