using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Simulation.Tests.World;

/// <summary>Amazon's client within a sandbox.</summary>
/// <param name="sandbox">Calls.</param>
/// <param name="accept">Takes what it is asked to send.</param>
internal sealed class SandboxSqs(Sandbox sandbox, Action<string, TimeSpan> accept) : AmazonSQSClient(new AnonymousAWSCredentials(), new AmazonSQSConfig { ServiceURL = "http://sqs.invalid" })
{
    public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default) =>
        sandbox.CallAsync("SendMessage", () => Accept(request.MessageBody, TimeSpan.FromSeconds(request.DelaySeconds ?? 0)), Throttled, Throttled, cancellationToken);

    private Task<SendMessageResponse> Accept(string body, TimeSpan delay)
    {
        accept(body, delay);
        return Task.FromResult(new SendMessageResponse());
    }

    private static AmazonSQSException Throttled() => new("Rate exceeded");
}
