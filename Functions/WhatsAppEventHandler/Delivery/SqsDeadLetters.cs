using Amazon.SQS;
using Amazon.SQS.Model;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>Dead letters as SQS messages: the event is the body, unchanged, with all that is needed to put it into the outbox again.</summary>
internal sealed class SqsDeadLetters(IAmazonSQS sqs, string queueUrl) : IDeadLetters
{
    private const int LongestReason = 1_000;

    public Task SendAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var request = new SendMessageRequest
        {
            QueueUrl = queueUrl,
            MessageBody = letter.Item.Event,
            MessageAttributes = new()
            {
                ["reason"] = Text(letter.Reason.Length > LongestReason ? letter.Reason[..LongestReason] : letter.Reason),
                ["errorCode"] = Text(letter.ErrorCode),
                ["conversation"] = Text(letter.Item.Conversation),
            },
        };
        return sqs.SendMessageAsync(request, cancellationToken);
    }

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };
}
