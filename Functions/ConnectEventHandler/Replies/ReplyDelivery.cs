using Microsoft.Extensions.Logging;
using WhatsAppBuffer.ConnectEventHandler.Agents;
using WhatsAppBuffer.ConnectEventHandler.Files;
using WhatsAppBuffer.ConnectEventHandler.WhatsApp;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.Contracts.Text;
using WhatsAppBuffer.Contracts.WhatsApp;

namespace WhatsAppBuffer.ConnectEventHandler.Replies;

/// <summary>
/// Sends one reply to WhatsApp, or puts it aside. <c>SendWhatsAppMessage</c> has no idempotency token: what was sent and not answered can be lost or doubled, never
/// surely neither. So each part is noted before it is sent; where nobody knows what became of it, a status that names it is waited for a little; then it is
/// sent again: rather twice than never. What WhatsApp would refuse because the customer wrote too long ago is not sent, and its writer is told. See docs/adr/0010-answers.md.
/// </summary>
internal sealed class ReplyDelivery(IReplies replies, IWhatsApp whatsApp, AgentNotices notices, DeadLetterQueue? deadLetters, TimeProvider clock, ILogger log)
{
    /// <summary>How long a status is waited for before a part is sent again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>For how long after the customer's last message WhatsApp takes answers. Source: Meta, "Customer service windows".</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private const int MostAttempts = 5;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>How many messages a text becomes.</summary>
    public static int PartsOf(string text) => Split(text).Count;

    /// <summary>When this returns, the reply's work is done and it may be removed.</summary>
    /// <exception cref="ReplyNotSentException">Not now; it stays where it is.</exception>
    /// <exception cref="ReplyLeaseLostException">Another invocation goes on.</exception>
    public async Task SendAsync(Reply reply, ReplyLease lease, CancellationToken cancellationToken)
    {
        if (await replies.AddressOfAsync(reply.Conversation, cancellationToken) is not { } address)
        {
            await PutAsideAsync(reply, "NoAddress", "The conversation does not say where its answers go: no message of the customer's came since this version runs.", cancellationToken);
            return;
        }

        if (reply.Progress is { Done: 0, IsUnderWay: false } && address.CustomerWroteAt is { } wrote && reply.Time - wrote > Window)
        {
            Telemetry.CountOutsideTheWindow();
            log.OutsideTheWindow(reply.MessageId);
            await notices.TellAsync(reply.MessageId, Cause.OutsideTheWindow, title: null, cancellationToken);
            return;
        }

        IReadOnlyList<byte[]> parts = RequestsOf(reply, address);
        while (reply.Progress.Done < parts.Count)
        {
            reply = await SendPartAsync(reply, address, parts[reply.Progress.Done], lease, cancellationToken);
        }

        Telemetry.CountSent(parts.Count);
        log.Sent(reply.MessageId, parts.Count);
    }

    private static IReadOnlyList<TextPiece> Split(string text) => TextSplitter.Split(text, CloudApiRequest.MaxTextCharacters, TextUnit.Utf16Chars);

    private static IReadOnlyList<byte[]> RequestsOf(Reply reply, Address address) => reply.File is { MediaId: { } mediaId } file
        ? [CloudApiRequest.File(address.Recipient, WhatsAppFile.Of(file.Name, file.ContentType)!.Type, mediaId, file.Name, CallbackData.Of(reply.MessageId, 0))]
        : [.. Split(reply.Text).Select((piece, part) => CloudApiRequest.Text(address.Recipient, piece.Text, CallbackData.Of(reply.MessageId, part)))];

    /// <returns>The reply when its next part is sent or put aside.</returns>
    private async Task<Reply> SendPartAsync(Reply reply, Address address, byte[] request, ReplyLease lease, CancellationToken cancellationToken)
    {
        int part = reply.Progress.Done;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (reply.Progress.IsUnderWay && await IsSentAsync(reply, part, lease, cancellationToken))
            {
                return await NoteAsync(reply, part + 1, isUnderWay: false, lease, cancellationToken);
            }

            bool isRepeated = reply.Progress.IsUnderWay;
            reply = await NoteAsync(reply, part, isUnderWay: true, lease, cancellationToken);
            if (isRepeated)
            {
                Telemetry.CountRepeated();
                log.SentAgain(reply.MessageId, part);
            }

            switch (await TrySendAsync(reply, address.SystemNumber, request, cancellationToken))
            {
                case SendOutcome.Sent:
                    return await NoteAsync(reply, part + 1, isUnderWay: false, lease, cancellationToken);
                case SendOutcome.NotSent:
                    reply = await NoteAsync(reply, part, isUnderWay: false, lease, cancellationToken);
                    await Task.Delay(Poll * (1 << attempt) / 2, clock, cancellationToken);
                    break;
            }
        }

        throw new ReplyNotSentException(reply.MessageId);
    }

    /// <summary>What WhatsApp will never take is put aside, and is done as if it were sent.</summary>
    private async Task<SendOutcome> TrySendAsync(Reply reply, string systemNumber, byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            return await whatsApp.SendAsync(systemNumber, request, cancellationToken);
        }
        catch (SendRefusedException refusal)
        {
            await PutAsideAsync(reply, refusal.ErrorCode, refusal.Message, cancellationToken);
            return SendOutcome.Sent;
        }
    }

    private async Task<bool> IsSentAsync(Reply reply, int part, ReplyLease lease, CancellationToken cancellationToken)
    {
        for (DateTimeOffset end = clock.GetUtcNow() + Patience; clock.GetUtcNow() < end; await Task.Delay(Poll, clock, cancellationToken))
        {
            await lease.HoldAsync(cancellationToken);
            if (await replies.IsSentAsync(reply.MessageId, part, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<Reply> NoteAsync(Reply reply, int done, bool isUnderWay, ReplyLease lease, CancellationToken cancellationToken)
    {
        await lease.HoldAsync(cancellationToken);
        return await replies.TryNoteAsync(reply, done, isUnderWay, cancellationToken) ?? throw new ReplyLeaseLostException();
    }

    private async Task PutAsideAsync(Reply reply, string errorCode, string reason, CancellationToken cancellationToken)
    {
        if (deadLetters is null)
        {
            throw new ReplyNotSentException(reply.MessageId);
        }

        await deadLetters.SendAsync(
            ReplyLetter.Of(reply),
            new Dictionary<string, string> { [LetterAttributes.Reason] = reason, [LetterAttributes.ErrorCode] = errorCode, [LetterAttributes.Conversation] = reply.Conversation },
            cancellationToken);
        Telemetry.CountDeadLettered(errorCode);
        log.DeadLettered(reply.MessageId, errorCode);
    }
}

/// <summary>A reply could not be sent in this invocation; it stays where it is and is tried again.</summary>
internal sealed class ReplyNotSentException(string messageId) : Exception($"Message {messageId} could not be sent to WhatsApp now; it is kept and tried again.");
