using WhatsAppBuffer.Contracts.DeadLetters;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>Dead letters as SQS messages: the event is the body, with all that is needed to put it into the outbox again.</summary>
internal sealed class SqsDeadLetters(DeadLetterQueue queue) : IDeadLetters
{
    public Task SendAsync(DeadLetter letter, CancellationToken cancellationToken) => queue.SendAsync(
        letter.Item.Event,
        new Dictionary<string, string>
        {
            [LetterAttributes.Reason] = letter.Reason,
            [LetterAttributes.ErrorCode] = letter.ErrorCode,
            [LetterAttributes.Conversation] = letter.Item.Conversation,
        },
        cancellationToken);
}
