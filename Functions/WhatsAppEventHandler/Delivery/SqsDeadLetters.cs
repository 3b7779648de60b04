using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>Dead letters as SQS messages: the event is the body, with all that is needed to put it into the outbox again.</summary>
internal sealed class SqsDeadLetters(IAmazonSQS sqs, string queueUrl) : IDeadLetters
{
    private const int LongestReason = 1_000;

    public Task SendAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var request = new SendMessageRequest
        {
            QueueUrl = queueUrl,
            MessageBody = Sendable(letter.Item.Event),
            MessageAttributes = new()
            {
                ["reason"] = Text(letter.Reason.Length > LongestReason ? letter.Reason[..LongestReason] : letter.Reason),
                ["errorCode"] = Text(letter.ErrorCode),
                ["conversation"] = Text(letter.Item.Conversation),
            },
        };
        return sqs.SendMessageAsync(request, cancellationToken);
    }

    /// <summary>
    /// SQS refuses a message with a character that XML does not know (SendMessage, <c>MessageBody</c>), and a dead letter that is refused would
    /// block its conversation. Written as JSON escapes these characters leave the event what it is.
    /// </summary>
    private static string Sendable(string text)
    {
        var sendable = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value is (< ' ' and not ('\t' or '\n' or '\r')) or 0xFFFE or 0xFFFF ? sendable.Append($"\\u{rune.Value:x4}") : sendable.Append(rune);
        }

        return sendable.ToString();
    }

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = Sendable(value) };
}
