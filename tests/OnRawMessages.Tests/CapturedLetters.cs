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

    /// <summary>How many letters there were in each batch.</summary>
    public ConcurrentQueue<int> Batches { get; } = new();

    /// <summary>What is said of an entry of a batch by its body; null when it is taken.</summary>
    public Func<string, BatchResultErrorEntry?> Fail { get; set; } = _ => null;

    /// <summary>What a batch waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default)
    {
        if (IsDown)
        {
            throw new AmazonSQSException("down");
        }

        _letters.Enqueue(request);
        return Task.FromResult(new SendMessageResponse());
    }

    public override async Task<SendMessageBatchResponse> SendMessageBatchAsync(SendMessageBatchRequest request, CancellationToken cancellationToken = default)
    {
        Batches.Enqueue(request.Entries.Count);
        await Gate;
        var answer = new SendMessageBatchResponse { Failed = [] };
        foreach (SendMessageBatchRequestEntry entry in request.Entries)
        {
            if (Fail(entry.MessageBody) is { } failure)
            {
                failure.Id = entry.Id;
                answer.Failed.Add(failure);
                continue;
            }

            await SendMessageAsync(new SendMessageRequest { QueueUrl = request.QueueUrl, MessageBody = entry.MessageBody, MessageAttributes = entry.MessageAttributes }, cancellationToken);
        }

        return answer;
    }
}
