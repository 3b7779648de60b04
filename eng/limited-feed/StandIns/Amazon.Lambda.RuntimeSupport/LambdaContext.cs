using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What the headers of one <c>/next</c> answer and the function's environment say about an invocation.</summary>
internal sealed class LambdaContext(HttpResponseHeaders headers, TimeProvider time) : ILambdaContext
{
    private readonly DateTimeOffset _deadline = DateTimeOffset.FromUnixTimeMilliseconds(
        long.TryParse(Header(headers, "Lambda-Runtime-Deadline-Ms"), out long milliseconds) ? milliseconds : 0);

    public string AwsRequestId { get; } = Header(headers, "Lambda-Runtime-Aws-Request-Id")
        ?? throw new InvalidOperationException("The Runtime API's answer to /next has no Lambda-Runtime-Aws-Request-Id header.");

    public string InvokedFunctionArn { get; } = Header(headers, "Lambda-Runtime-Invoked-Function-Arn");

    public string TraceId { get; } = Header(headers, "Lambda-Runtime-Trace-Id");

    public string TenantId { get; } = Header(headers, "Lambda-Runtime-Aws-Tenant-Id");

    public IClientContext ClientContext { get; } = CognitoClientContext.FromJson(Header(headers, "Lambda-Runtime-Client-Context"));

    public ICognitoIdentity Identity { get; } = CognitoIdentity.FromJson(Header(headers, "Lambda-Runtime-Cognito-Identity"));

    public ILambdaLogger Logger => new LambdaConsoleLogger(AwsRequestId);

    public string FunctionName => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION");

    public string LogGroupName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB =>
        int.TryParse(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), out int size) ? size : 0;

    public TimeSpan RemainingTime => _deadline - time.GetUtcNow();

    private static string Header(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString() : null;
}
