using Amazon.Lambda.Core;

namespace WhatsAppBuffer.Tests;

/// <summary>What Lambda tells a function about an invocation.</summary>
internal sealed class LambdaContext : ILambdaContext
{
    public string AwsRequestId => "request";

    public IClientContext ClientContext => null!;

    public string FunctionName => "function";

    public string FunctionVersion => "$LATEST";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => "arn:aws:lambda:us-east-1:111122223333:function:function";

    public ILambdaLogger Logger => null!;

    public string LogGroupName => "group";

    public string LogStreamName => "stream";

    public int MemoryLimitInMB => 256;

    public TimeSpan RemainingTime { get; init; } = TimeSpan.FromSeconds(30);
}
