using Microsoft.Extensions.Logging;
using WhatsAppBuffer.ConnectEventHandler.Replies;
using WhatsAppBuffer.Contracts.WhatsApp;

namespace WhatsAppBuffer.ConnectEventHandler.Receipts;

/// <summary>
/// Shows the agent which answers the customer has, and has read. A receipt is a sign beside a message and no message: one that is lost, late or doubled harms nobody, so each is tried
/// once.
/// </summary>
/// <param name="replies">What is known of answers.</param>
/// <param name="participant">The customer in the chat.</param>
/// <param name="log">Ids only.</param>
internal sealed class MessageReceipts(IReplies replies, IParticipant participant, ILogger log)
{
    /// <summary>Shows what WhatsApp tells of an answer, if it is its last part and the chat goes on.</summary>
    public async Task ShowAsync(AnswerStatus status, CancellationToken cancellationToken)
    {
        if (await replies.AnswerOfAsync(status.MessageId, cancellationToken) is not { } answer || status.Part != answer.LastPart
            || await replies.CredentialsOfAsync(answer.Conversation, cancellationToken) is not { } credentials)
        {
            return;
        }

        if (await participant.TellAsync(credentials.ConnectionToken, status.MessageId, status.Status == AnswerStatus.Read, cancellationToken) is { } refusal)
        {
            Telemetry.CountNoReceipt(refusal);
            log.NoReceipt(status.MessageId, status.Status, refusal);
        }
    }
}
