using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace WhatsAppBuffer.Contracts.DeadLetters;

/// <summary>
/// A function's dead-letter queue, for what the function itself can never get rid of otherwise: a letter holds the content and says why it is
/// there. `./wab.cs redrive` puts it back.
/// </summary>
/// <param name="sqs">Its client.</param>
/// <param name="queueUrl">Its URL.</param>
public sealed class DeadLetterQueue(IAmazonSQS sqs, string queueUrl)
{
    /// <summary>A letter's body in bytes, at the most: SQS takes 1 MiB together with the attributes.</summary>
    public const int MaxBodyBytes = 1_000_000;

    private const int LongestAttribute = 1_000;

    /// <summary>Puts a letter into the queue.</summary>
    /// <param name="body">JSON.</param>
    /// <param name="attributes">By <see cref="LetterAttributes"/>. Empty ones are left out.</param>
    /// <param name="cancellationToken">Stops sending.</param>
    /// <exception cref="AmazonSQSException">SQS did not take it.</exception>
    public Task SendAsync(string body, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        var request = new SendMessageRequest
        {
            QueueUrl = queueUrl,
            MessageBody = Sendable(body),
            MessageAttributes = attributes
                .Where(attribute => attribute.Value.Length > 0)
                .ToDictionary(attribute => attribute.Key, attribute => Text(attribute.Value)),
        };
        return sqs.SendMessageAsync(request, cancellationToken);
    }

    /// <summary>
    /// SQS refuses a message with a character that XML does not know (SendMessage, <c>MessageBody</c>), and a dead letter that is refused would
    /// block whatever waits behind it. Written as JSON escapes these characters leave the content what it is.
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

    private static MessageAttributeValue Text(string value) =>
        new() { DataType = "String", StringValue = Sendable(value.Length > LongestAttribute ? value[..LongestAttribute] : value) };
}
