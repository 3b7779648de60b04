using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.Endpoint;
using WhatsAppBuffer.Simulator.Lambda.Invocations;
using WhatsAppBuffer.Simulator.Sqs;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.DeadLetters;

/// <summary>The functions' dead-letter queues: what is in them, and sending it again.</summary>
/// <param name="cloud">Has queues and functions.</param>
internal sealed class DeadLetterOffice(LocalCloud cloud)
{
    private const int Batch = 10;

    public IReadOnlyList<DeadLetterView> Letters() =>
    [
        .. FunctionSpecs.All.SelectMany(function => cloud.Sqs.Peek(function.DeadLetterQueue).Select(message => new DeadLetterView(
            function.DeadLetterQueue, message.MessageId, message.Body, message.Attributes.ToDictionary(a => a.Key, a => a.Value.Value)))),
    ];

    /// <summary>Invokes each function asynchronously with the events of its letters; a letter whose event was taken is deleted.</summary>
    public async Task<RedriveView> RedriveAsync(CancellationToken cancellationToken)
    {
        int redriven = 0;
        var left = new List<string>();
        foreach (FunctionSpec function in FunctionSpecs.All)
        {
            while (await cloud.Sqs.ReceiveMessageAsync(function.DeadLetterQueue, Batch, cancellationToken: cancellationToken) is { Count: > 0 } letters)
            {
                foreach (ReceivedMessage letter in letters)
                {
                    try
                    {
                        cloud.Lambda.InvokeEvent(function.Name, new InvocationRequest(DeadLetter.EventOf(letter.Message.Body)));
                        cloud.Sqs.DeleteMessage(function.DeadLetterQueue, letter.ReceiptHandle);
                        redriven++;
                    }
                    catch (AwsException error)
                    {
                        left.Add($"{function.DeadLetterQueue} {letter.Message.MessageId}: {error.Message}");
                    }
                }
            }
        }

        return new RedriveView(redriven, left);
    }
}
