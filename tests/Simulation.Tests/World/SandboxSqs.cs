using System.Text;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Simulation.Tests.World;

/// <summary>Amazon's client within a sandbox: what it is asked to send goes to the carrier.</summary>
internal sealed class SandboxSqs(Sandbox sandbox) : AmazonSQSClient(new AnonymousAWSCredentials(), new AmazonSQSConfig { ServiceURL = "http://sqs.invalid" })
{
    public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default) =>
        sandbox.CallAsync("SendMessage", () => Accept(request.MessageBody), Throttled, Throttled, cancellationToken);

    private Task<SendMessageResponse> Accept(string wakeUp)
    {
        sandbox.Cloud.WakeUps.Accept(Encoding.UTF8.GetBytes(wakeUp), TimeSpan.Zero);
        return Task.FromResult(new SendMessageResponse());
    }

    private static AmazonSQSException Throttled() => new("Rate exceeded");
}
