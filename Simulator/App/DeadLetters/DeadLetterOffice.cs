using LocalAws;
using WhatsAppBuffer.Redrive;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Deployment;

namespace WhatsAppBuffer.Simulator.App.DeadLetters;

/// <summary>The functions' dead-letter queues: what is in them, and putting it back, as `./wab.cs redrive` does on AWS.</summary>
/// <param name="cloud">Has the queues.</param>
/// <param name="endpoint">Where it listens.</param>
/// <param name="resources">Which queues there are.</param>
internal sealed class DeadLetterOffice(LocalCloud cloud, Uri endpoint, PipelineResources resources)
{
    private IEnumerable<RedriveQueue> Queues => resources.Queues.Select(RedriveQueue.Find).OfType<RedriveQueue>();

    public IReadOnlyList<DeadLetterView> Letters() =>
    [
        .. Queues.SelectMany(queue => cloud.Sqs.Peek(queue.Name).Select(message => new DeadLetterView(
            queue.Name, message.MessageId, message.Body, message.Attributes.ToDictionary(a => a.Key, a => a.Value.Value)))),
    ];

    /// <summary>Puts all letters back; one that was put back is deleted.</summary>
    public async Task<RedriveView> RedriveAsync(CancellationToken cancellationToken)
    {
        using RedriveClients clients = RedriveClients.At(endpoint, cloud.Account.Region, hasCredentials: false);
        RedriveReport report = await new Redriver(clients).RunAsync(Queues, cancellationToken: cancellationToken);
        return new RedriveView(report.PutBack.Values.Sum(), [.. report.Skipped]);
    }
}
