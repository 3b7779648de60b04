using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace WhatsAppBuffer.Tests;

/// <summary>Amazon's client, which keeps what it is asked to send instead of sending it.</summary>
internal sealed class CapturedLetters() : AmazonSQSClient(new BasicAWSCredentials("any", "any"), new AmazonSQSConfig { ServiceURL = "http://127.0.0.1:9" })
{
    // Functions send side by side.
    private readonly ConcurrentQueue<SendMessageRequest> _letters = new();

    public IReadOnlyList<SendMessageRequest> Letters => [.. _letters];

    public bool IsDown { get; set; }

    public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default)
    {
        if (IsDown)
        {
            throw new AmazonSQSException("down");
        }

        _letters.Enqueue(request);
        return Task.FromResult(new SendMessageResponse());
    }
}
