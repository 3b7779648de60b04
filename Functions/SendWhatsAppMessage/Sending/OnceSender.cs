using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.SendWhatsAppMessage.Flows;
using WhatsAppBuffer.SendWhatsAppMessage.Templates;
using WhatsAppBuffer.SendWhatsAppMessage.WhatsApp;

namespace WhatsAppBuffer.SendWhatsAppMessage.Sending;

/// <summary>
/// Sends a template once. <c>SendWhatsAppMessage</c> has no idempotency token, and a flow may invoke twice: what is about to be sent is noted first, and whoever finds the
/// note sends nothing and answers what became of it. Where nobody knows that, the flow is told so: a template costs a fee and bothers people, so rather not at all
/// than twice. See docs/adr/0011-templates.md.
/// </summary>
internal sealed class OnceSender(ISendings sendings, IWhatsAppSender whatsApp, TimeProvider clock, ILogger log)
{
    /// <summary>No invocation lives longer: what it has not noted by then nobody will.</summary>
    public static readonly TimeSpan LongestInvocation = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>Time of its own for noting what became of it, when the invocation's is over.</summary>
    private static readonly TimeSpan TimeToNote = TimeSpan.FromMilliseconds(400);

    public async Task<FlowAnswer> SendAsync(TemplateMessage message, CancellationToken end)
    {
        string attempt = ConversationItems.NewAttempt(clock.GetUtcNow());
        while (await sendings.TryBeginAsync(message, attempt, end) is { } known)
        {
            if (await AnswerAsync(message, known, end) is { } answer)
            {
                log.DoneBefore(message.Template, message.SendingId, answer.Status);
                return answer;
            }
        }

        return await SendAsync(message, attempt, end);
    }

    private async Task<FlowAnswer> SendAsync(TemplateMessage message, string attempt, CancellationToken end)
    {
        SendResult result = await whatsApp.SendAsync(message, end);
        switch (result)
        {
            case SendResult.Sent sent:
                await NoteAsync(message, token => sendings.SentAsync(message.SendingId, attempt, sent.MessageId, token));
                log.Sent(message.Template, message.ContactId, message.SendingId, sent.MessageId);
                return FlowAnswer.Sent(sent.MessageId);
            case SendResult.Refused refused:
                await NoteAsync(message, token => sendings.RefusedAsync(message, attempt, refused.Reason, token));
                log.Refused(message.ContactId, refused.ErrorCode);
                return FlowAnswer.Refused(refused.Reason);
            case SendResult.HeldBack heldBack:
                await NoteAsync(message, token => sendings.TakeBackAsync(message, attempt, token));
                log.HeldBack(message.Template, message.SendingId, heldBack.ErrorCode);
                return FlowAnswer.HeldBack($"End User Messaging holds messages back for now: {heldBack.ErrorCode}.");
            default:
                return await WaitForStatusAsync(message, clock.GetUtcNow() + LongestInvocation, end);
        }
    }

    /// <summary>Another invocation has begun it.</summary>
    /// <returns>Null when it has taken it back.</returns>
    private async Task<FlowAnswer?> AnswerAsync(TemplateMessage message, KnownSending known, CancellationToken end)
    {
        try
        {
            return await FollowAsync(message, known, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return Unknown(message);
        }
    }

    private async Task<FlowAnswer?> FollowAsync(TemplateMessage message, KnownSending known, CancellationToken end)
    {
        for (KnownSending? now = known; now is not null; now = await sendings.FindAsync(message.SendingId, end))
        {
            if (now.MessageId is not null || now.Refusal is not null)
            {
                return now.Refusal is { } refusal ? FlowAnswer.Refused(refusal) : FlowAnswer.Sent(now.MessageId);
            }

            if (await sendings.IsSentAsync(message.SendingId, end))
            {
                return FlowAnswer.Sent(messageId: null);
            }

            if (clock.GetUtcNow() >= now.BegunAt + LongestInvocation || !await TryWaitAsync(end))
            {
                return Unknown(message);
            }
        }

        return null;
    }

    private async Task<FlowAnswer> WaitForStatusAsync(TemplateMessage message, DateTimeOffset until, CancellationToken end)
    {
        try
        {
            while (clock.GetUtcNow() < until && await TryWaitAsync(end))
            {
                if (await sendings.IsSentAsync(message.SendingId, end))
                {
                    return FlowAnswer.Sent(messageId: null);
                }
            }
        }
#pragma warning disable CA1031 // It is sent or not: the flow must not take this for something that never happened.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.NotNoted(failure, message.SendingId);
        }

        return Unknown(message);
    }

    private FlowAnswer Unknown(TemplateMessage message)
    {
        log.Unknown(message.Template, message.SendingId);
        return FlowAnswer.Unknown();
    }

    private async Task<bool> TryWaitAsync(CancellationToken end)
    {
        try
        {
            await Task.Delay(Poll, clock, end);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>What became of it is known to this invocation, and the flow is told, noted or not.</summary>
    private async Task NoteAsync(TemplateMessage message, Func<CancellationToken, Task> note)
    {
        try
        {
            using var time = new CancellationTokenSource(TimeToNote, clock);
            await note(time.Token);
        }
#pragma warning disable CA1031 // Whatever the reason.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.NotNoted(failure, message.SendingId);
        }
    }
}
