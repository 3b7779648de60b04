using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using LocalAws.Endpoint;

namespace LocalAws.Tests.Protocols;

public sealed class LastCatchTests
{
    [Theory]
    [InlineData("sqs", "AmazonSQS.SendMessage", "", "\"com.amazonaws.sqs#InternalFailure\"")]
    [InlineData("dynamodb", "DynamoDB_20120810.PutItem", "", "\"com.amazonaws.dynamodb.v20120810#InternalServerError\"")]
    [InlineData("lambda", "", "/2015-03-31/functions", "\"Type\":\"Service\"")]
    [InlineData("connect", "", "/contact/attributes/i/c", "\"Message\"")]
    [InlineData("s3", "", "/bucket/key", "<Code>InternalError</Code>")]
    public async Task A_fault_of_the_cloud_is_the_services_own_error_is_counted_and_logged_with_its_operation(string name, string target, string path, string written)
    {
        await using var cloud = new LocalCloud();
        var log = new RecordingLogger();
        IAwsService broken = new BrokenService(cloud.Endpoint.Services.Single(service => service.Name == name));
        var endpoint = new AwsEndpoint([broken], logger: log);
        var calls = new List<AwsCall>();
        endpoint.CallCompleted += calls.Add;
        var headers = new HeaderDictionary { ["X-Amz-Target"] = target, ["Authorization"] = $"AWS4-HMAC-SHA256 Credential=a/20261129/us-east-1/{name}/aws4_request, Signature=x" };

        AwsResponse response = await endpoint.AnswerAsync(
            new AwsRequest("GET", path.Length == 0 ? "/" : path, QueryCollection.Empty, headers, default), TestContext.Current.CancellationToken);

        string body = Encoding.UTF8.GetString(response.Body.Span);
        Assert.Equal(500, response.StatusCode);
        Assert.Contains(written, body, StringComparison.Ordinal);
        Assert.Contains("fault of the local cloud itself", body, StringComparison.Ordinal);
        AwsCall call = Assert.Single(calls);
        Assert.Equal((name, 500), (call.Service, call.StatusCode));
        (LogLevel level, string text, Exception? error) = Assert.Single(log.Lines, line => line.Level == LogLevel.Error);
        Assert.Contains($"{name} {call.Operation} failed", text, StringComparison.Ordinal);
        Assert.IsType<NotSupportedException>(error);
    }

    [Fact]
    public async Task A_client_that_hangs_up_is_no_fault_of_the_cloud()
    {
        await using var cloud = new LocalCloud();
        cloud.Sqs.CreateQueue("q");
        var log = new RecordingLogger();
        var endpoint = new AwsEndpoint(cloud.Endpoint.Services, logger: log);
        using var hangUp = new CancellationTokenSource();
        var headers = new HeaderDictionary { ["X-Amz-Target"] = "AmazonSQS.ReceiveMessage" };
        byte[] body = "{\"QueueUrl\":\"http://h/1/q\",\"WaitTimeSeconds\":20}"u8.ToArray();

        Task<AwsResponse> waiting = endpoint.AnswerAsync(new AwsRequest("POST", "/", QueryCollection.Empty, headers, body), hangUp.Token);
        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Empty(log.Lines);
    }

    private sealed class BrokenService(IAwsService inner) : IAwsService
    {
        public string Name => inner.Name;

        public string? OperationOf(AwsRequest request) => inner.OperationOf(request);

        public Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken) => throw new NotSupportedException("Thrown by a test.");

        public AwsResponse ToResponse(AwsException error, AwsRequest request) => inner.ToResponse(error, request);
    }

    private sealed class RecordingLogger : ILogger<AwsEndpoint>
    {
        public List<(LogLevel Level, string Text, Exception? Error)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception), exception));
    }
}
