using Amazon.Lambda.Core;

namespace WhatsAppBuffer.ServiceDefaults.Tests.Telemetry;

/// <summary>An invocation as the bootstrap hands it to a handler.</summary>
internal sealed class Invocation : ILambdaContext
{
    public string AwsRequestId => "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

    public IClientContext ClientContext => null!;

    public string FunctionName => "message_aggregator";

    public string FunctionVersion => "$LATEST";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => "arn:aws:lambda:us-east-1:123456789012:function:message_aggregator:live";

    public ILambdaLogger Logger => null!;

    public string LogGroupName => "/aws/lambda/message_aggregator";

    public string LogStreamName => "2026/11/22/[$LATEST]abc";

    public int MemoryLimitInMB => 512;

    public TimeSpan RemainingTime { get; init; } = TimeSpan.FromSeconds(30);
}
