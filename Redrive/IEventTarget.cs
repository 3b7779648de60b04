using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace WhatsAppBuffer.Redrive;

/// <summary>Where a function's events come from: they are put back there.</summary>
internal interface IEventTarget
{
    /// <summary>For people.</summary>
    string Name { get; }

    /// <exception cref="Amazon.Runtime.AmazonServiceException">Not all of them were taken.</exception>
    Task SendAsync(IReadOnlyList<string> events, CancellationToken cancellationToken);
}

/// <summary>The queue that waits for the function.</summary>
internal sealed class QueueTarget(IAmazonSQS sqs, string url) : IEventTarget
{
    public string Name => url[(url.LastIndexOf('/') + 1)..];

    public async Task SendAsync(IReadOnlyList<string> events, CancellationToken cancellationToken)
    {
        foreach (string text in events)
        {
            await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = url, MessageBody = text }, cancellationToken);
        }
    }
}

/// <summary>The function itself, invoked asynchronously.</summary>
internal sealed class FunctionTarget(IAmazonLambda lambda, string function, bool takesNotifications) : IEventTarget
{
    public string Name => function;

    public async Task SendAsync(IReadOnlyList<string> events, CancellationToken cancellationToken)
    {
        foreach (string text in events)
        {
            string payload = takesNotifications ? SnsEvent(text) : text;
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(payload));
            await lambda.InvokeAsync(
                new InvokeRequest { FunctionName = function, InvocationType = InvocationType.Event, PayloadStream = stream }, cancellationToken);
        }
    }

    /// <summary>As SNS invokes it. What came without SNS's envelope gets one.</summary>
    private static string SnsEvent(string notification)
    {
        using JsonDocument json = ForeignJson.Document(notification);
        string sns = json.RootElement.TryGetProperty("Message", out _)
            ? notification
            : new JsonObject { ["Message"] = notification }.ToJsonString();
        return $$"""{"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","Sns":{{sns}}}]}""";
    }
}
