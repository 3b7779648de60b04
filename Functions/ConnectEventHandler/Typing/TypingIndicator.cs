using Microsoft.Extensions.Logging;
using WhatsAppBuffer.ConnectEventHandler.Replies;
using WhatsAppBuffer.ConnectEventHandler.WhatsApp;
using WhatsAppBuffer.Contracts.WhatsApp;

namespace WhatsAppBuffer.ConnectEventHandler.Typing;

/// <summary>
/// Shows the customer that an agent writes, at the newest message that they wrote, which it marks as read. It is gone by itself after 25 seconds, or with the answer (Meta, "Typing
/// indicators"); who types is not shown in groups. Like a receipt, one that is lost harms nobody.
/// </summary>
/// <param name="replies">Whom to show it, and when it was shown last.</param>
/// <param name="whatsApp">Shows it.</param>
/// <param name="clock">All time is measured with it.</param>
/// <param name="log">Ids only.</param>
internal sealed class TypingIndicator(IReplies replies, IWhatsApp whatsApp, TimeProvider clock, ILogger log)
{
    /// <summary>An agent's desktop tells of typing every ten seconds or so; WhatsApp shows it for 25.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    /// <summary>What an agent typed so long ago, they have sent or given up by now.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Shows it, unless it was shown a moment ago or there is no message to show it at.</summary>
    /// <param name="conversation">Whose.</param>
    /// <param name="typedAt">Connect's time.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task ShowAsync(string conversation, DateTimeOffset typedAt, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (now - typedAt > Patience
            || await replies.AddressOfAsync(conversation, cancellationToken) is not { Recipient.IsGroup: false, LastMessageId: { Length: > 0 } lastMessage } address
            || !await replies.TryTypeAsync(conversation, now, Pause, cancellationToken))
        {
            return;
        }

        try
        {
            if (await whatsApp.SendAsync(address.SystemNumber, CloudApiRequest.Typing(lastMessage), cancellationToken) is SendOutcome.Sent)
            {
                return;
            }

            log.NoTyping("NotSent");
        }
        catch (SendRefusedException refusal)
        {
            log.NoTyping(refusal.ErrorCode);
        }
    }
}
