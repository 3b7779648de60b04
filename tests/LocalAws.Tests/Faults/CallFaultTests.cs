using Amazon.DynamoDBv2;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Faults;
using Cloud = LocalAws.LocalCloud;

namespace LocalAws.Tests.Faults;

/// <summary>Faults of calls, as the AWS SDK sees them.</summary>
public sealed class CallFaultTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private Cloud _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await Cloud.StartAsync(new LocalCloudOptions { Clock = _time });
        _cloud.Sqs.CreateQueue("q");
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task An_error_has_the_code_and_status_that_the_rule_says_and_no_effect()
    {
        Set(new FaultRule { Service = "sqs", Operation = "SendMessage", Effect = FaultEffect.Error, Code = "Weather", Status = 503 });

        var error = await Assert.ThrowsAsync<AmazonSQSException>(() => SendAsync(retries: 0));

        Assert.Equal(("Weather", 503), (error.ErrorCode, (int)error.StatusCode));
        Assert.Empty(_cloud.Sqs.Peek("q"));
    }

    [Fact]
    public async Task Every_service_throttles_with_an_error_that_its_SDK_knows()
    {
        Set(new FaultRule { Effect = FaultEffect.Throttle });
        using var dynamoDb = new AmazonDynamoDBClient(Cloud.Credentials, _cloud.ClientConfig<AmazonDynamoDBConfig>());
        using var ssm = new AmazonSimpleSystemsManagementClient(Cloud.Credentials, _cloud.ClientConfig<AmazonSimpleSystemsManagementConfig>());
        using var sns = new AmazonSimpleNotificationServiceClient(Cloud.Credentials, _cloud.ClientConfig<AmazonSimpleNotificationServiceConfig>());
        using var lambda = new AmazonLambdaClient(Cloud.Credentials, _cloud.ClientConfig<AmazonLambdaConfig>());

        Assert.Equal("ThrottlingException", (await Assert.ThrowsAnyAsync<AmazonServiceException>(() => dynamoDb.GetItemAsync("t", []))).ErrorCode);
        Assert.Equal("ThrottlingException", (await Assert.ThrowsAnyAsync<AmazonServiceException>(() => ssm.GetParameterAsync(new() { Name = "p" }))).ErrorCode);
        Assert.Equal("Throttled", (await Assert.ThrowsAnyAsync<AmazonServiceException>(() => sns.PublishAsync("t", "m"))).ErrorCode);
        await Assert.ThrowsAsync<Amazon.Lambda.Model.TooManyRequestsException>(() => lambda.InvokeAsync(new() { FunctionName = "f" }));
        Assert.Equal("RequestThrottled", (await Assert.ThrowsAnyAsync<AmazonServiceException>(() => SendAsync(retries: 0))).ErrorCode);
    }

    [Fact]
    public async Task An_answer_that_is_dropped_leaves_the_effect()
    {
        Set(new FaultRule { Service = "sqs", Operation = "SendMessage", Effect = FaultEffect.DropResponse });

        await Assert.ThrowsAnyAsync<IOException>(() => SendAsync(retries: 0));

        // More than one: the SDK repeats a request whose connection was reset ten times at once, whatever MaxErrorRetry says.
        Assert.NotEmpty(_cloud.Sqs.Peek("q"));
    }

    [Fact]
    public async Task A_dropped_answer_makes_the_SDK_send_again_which_only_idempotency_can_make_good()
    {
        Set(new FaultRule { Service = "sqs", Operation = "SendMessage", Effect = FaultEffect.DropResponse, Nth = 1 });

        await SendAsync(retries: 0);

        Assert.Equal(2, _cloud.Sqs.Peek("q").Count);
    }

    [Fact]
    public async Task Latency_passes_on_the_clouds_clock()
    {
        Set(new FaultRule { Service = "sqs", Effect = FaultEffect.Latency, Latency = new Latency(30, 30) });
        Task sending = SendAsync(retries: 0);
        await Eventually.IsTrueAsync(() => _cloud.Faults.Counts[0].Struck == 1, "the call has arrived");
        Assert.Empty(_cloud.Sqs.Peek("q"));

        await Eventually.IsTrueAsync(() => sending.IsCompleted, "the call is answered", meanwhile: () => _time.Advance(TimeSpan.FromSeconds(30)));

        await sending;
        Assert.Single(_cloud.Sqs.Peek("q"));
    }

    [Fact]
    public async Task Without_a_plan_nothing_goes_wrong()
    {
        Set(new FaultRule { Effect = FaultEffect.Error });
        _cloud.Faults.Set(FaultPlan.None);

        await SendAsync(retries: 0);

        Assert.Single(_cloud.Sqs.Peek("q"));
    }

    private void Set(params FaultRule[] rules) => _cloud.Faults.Set(new FaultPlan { Rules = rules });

    private async Task SendAsync(int retries)
    {
        using var sqs = new AmazonSQSClient(Cloud.Credentials, _cloud.ClientConfig<AmazonSQSConfig>(maxErrorRetry: retries));
        await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = new Uri(_cloud.Uri, $"{_cloud.Account.Id}/q").ToString(), MessageBody = "hello" });
    }
}
