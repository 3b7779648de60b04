using System.Globalization;
using System.Text;

namespace LocalAws.Sqs;

/// <summary>Names one receive of one message of one queue.</summary>
internal sealed record ReceiptHandle(string QueueName, string MessageId, int ReceiveCount)
{
    /// <exception cref="Endpoint.AwsException"><c>ReceiptHandleIsInvalid</c>.</exception>
    public static ReceiptHandle Parse(string handle)
    {
        Span<byte> bytes = new byte[handle.Length];
        if (Convert.TryFromBase64String(handle, bytes, out int length)
            && Encoding.UTF8.GetString(bytes[..length]).Split(' ') is [var queueName, var messageId, var count]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int receiveCount))
        {
            return new ReceiptHandle(queueName, messageId, receiveCount);
        }

        throw SqsError.ReceiptHandleIsInvalid();
    }

    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{QueueName} {MessageId} {ReceiveCount}"));
}
