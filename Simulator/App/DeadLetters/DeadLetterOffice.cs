using LocalAws;
using LocalAws.Endpoint;
using LocalAws.Lambda.Invocations;
using LocalAws.Sqs;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Deployment;

namespace WhatsAppBuffer.Simulator.App.DeadLetters;

/// <summary>The functions' dead-letter queues: what is in them, and sending it again.</summary>
/// <param name="cloud">Has queues and functions.</param>
/// <param name="resources">Which queue is whose.</param>
internal sealed class DeadLetterOffice(LocalCloud cloud, PipelineResources resources)
{
    private const int Batch = 10;

    public IReadOnlyList<DeadLetterView> Letters() =>
    [
        .. resources.Queues.SelectMany(queue => cloud.Sqs.Peek(queue).Select(message => new DeadLetterView(
            queue, message.MessageId, message.Body, message.Attributes.ToDictionary(a => a.Key, a => a.Value.Value)))),
    ];

    /// <summary>Invokes each function asynchronously with the events of its letters; a letter whose event was taken is deleted.</summary>
    public async Task<RedriveView> RedriveAsync(CancellationToken cancellationToken)
    {
        int redriven = 0;
        var left = new List<string>();
        foreach ((string queue, string function) in resources.FunctionByQueue)
        {
            while (await cloud.Sqs.ReceiveMessageAsync(queue, Batch, cancellationToken: cancellationToken) is { Count: > 0 } letters)
            {
                foreach (ReceivedMessage letter in letters)
                {
                    try
                    {
                        cloud.Lambda.InvokeEvent(function, new InvocationRequest(DeadLetter.EventOf(letter.Message.Body)));
                        cloud.Sqs.DeleteMessage(queue, letter.ReceiptHandle);
                        redriven++;
                    }
                    catch (AwsException error)
                    {
                        left.Add($"{queue} {letter.Message.MessageId}: {error.Message}");
                    }
                }
            }
        }

        return new RedriveView(redriven, left);
    }
}
