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

    /// <summary>Now and then the queue takes a part of it, and says which it does not.</summary>
    public override Task<SendMessageBatchResponse> SendMessageBatchAsync(SendMessageBatchRequest request, CancellationToken cancellationToken = default) =>
        sandbox.CallAsync("SendMessageBatch", () => Accept(request.Entries), Throttled, Throttled, cancellationToken);

    private Task<SendMessageBatchResponse> Accept(IReadOnlyList<SendMessageBatchRequestEntry> entries)
    {
        var answer = new SendMessageBatchResponse { Failed = [] };
        foreach (SendMessageBatchRequestEntry entry in entries)
        {
            if (sandbox.Cloud.Random.Next(20) > 0)
            {
                accept(entry.MessageBody, TimeSpan.FromSeconds(entry.DelaySeconds ?? 0));
            }
            else if (!sandbox.Cloud.HidesFailedEntries)
            {
                answer.Failed.Add(new BatchResultErrorEntry { Id = entry.Id, Code = "InternalError", SenderFault = false });
            }
        }

        return Task.FromResult(answer);
    }

    private Task<SendMessageResponse> Accept(string body, TimeSpan delay)
    {
        accept(body, delay);
        return Task.FromResult(new SendMessageResponse());
    }

    private static AmazonSQSException Throttled() => new("Rate exceeded");
}
