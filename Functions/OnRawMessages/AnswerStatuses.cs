using Amazon.SQS;
using Amazon.SQS.Model;
using WhatsAppBuffer.Contracts.WhatsApp;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>Tells <c>connect_event_handler</c> what became of answers, by its queue.</summary>
/// <param name="sqs">Its client.</param>
/// <param name="queueUrl">Its URL.</param>
internal sealed class AnswerStatuses(IAmazonSQS sqs, string queueUrl)
{
    /// <summary>Puts a status into the queue. Put twice it does no more than put once.</summary>
    public Task TellAsync(AnswerStatus status, CancellationToken cancellationToken) =>
        sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = queueUrl, MessageBody = status.ToJson() }, cancellationToken);
}
