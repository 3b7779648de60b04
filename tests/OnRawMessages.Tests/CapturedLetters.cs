using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace WhatsAppBuffer.Tests;

/// <summary>Amazon's client, which keeps what it is asked to send instead of sending it.</summary>
internal sealed class CapturedLetters() : AmazonSQSClient(new BasicAWSCredentials("any", "any"), new AmazonSQSConfig { ServiceURL = "http://127.0.0.1:9" })
{
    public List<SendMessageRequest> Letters { get; } = [];

    public bool IsDown { get; set; }

    public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default)
    {
        if (IsDown)
        {
            throw new AmazonSQSException("down");
        }

        Letters.Add(request);
        return Task.FromResult(new SendMessageResponse());
    }
}
