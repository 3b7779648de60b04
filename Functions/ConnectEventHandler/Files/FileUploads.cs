using Microsoft.Extensions.Logging;
using WhatsAppBuffer.ConnectEventHandler.Agents;
using WhatsAppBuffer.ConnectEventHandler.Replies;
using WhatsAppBuffer.ConnectEventHandler.WhatsApp;

namespace WhatsAppBuffer.ConnectEventHandler.Files;

/// <summary>
/// Brings what agents attach to WhatsApp, before it is sent and without the conversation's lease, so that no answer waits for it: End User Messaging reads the file where Connect
/// keeps it, and nothing passes through this function. Of what will never get there its writer is told. See docs/adr/0012-files-have-a-queue-of-their-own.md.
/// </summary>
/// <param name="replies">What waits.</param>
/// <param name="files">Where the files are.</param>
/// <param name="whatsApp">Takes them.</param>
/// <param name="notices">Tells agents what does not get there.</param>
/// <param name="clock">All time is measured with it.</param>
/// <param name="log">Ids only.</param>
internal sealed class FileUploads(IReplies replies, IChatFiles files, IWhatsApp whatsApp, AgentNotices notices, TimeProvider clock, ILogger log)
{
    private const int MostAttempts = 4;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>When this returns, the reply can be sent, or is done with.</summary>
    /// <exception cref="ReplyNotSentException">Not now; it stays where it is.</exception>
    public async Task UploadAsync(Reply reply, CancellationToken cancellationToken)
    {
        if (await replies.FindAsync(reply, cancellationToken) is not { File: { MediaId: null } file })
        {
            return;
        }

        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            try
            {
                if (await TryUploadAsync(reply, file, cancellationToken) is { } mediaId)
                {
                    await replies.NoteMediaAsync(reply, mediaId, cancellationToken);
                    log.FileUploaded(reply.MessageId);
                    return;
                }
            }
            catch (FileNotSendableException refusal)
            {
                Telemetry.CountFileNotSent(refusal.ErrorCode);
                log.FileNotSendable(reply.MessageId, refusal.Cause, refusal.ErrorCode);
                await notices.TellAsync(reply.MessageId, refusal.Cause, title: null, cancellationToken);
                await replies.RemoveAsync(reply, cancellationToken);
                return;
            }

            await Task.Delay(FirstWait * (1 << attempt), clock, cancellationToken);
        }

        throw new ReplyNotSentException(reply.MessageId);
    }

    /// <returns>WhatsApp's id of the file; null when it is not there now.</returns>
    private async Task<string?> TryUploadAsync(Reply reply, ReplyFile file, CancellationToken cancellationToken)
    {
        WhatsAppFile kind = WhatsAppFile.Of(file.Name, file.ContentType) ?? throw new FileNotSendableException(Cause.FileType, "FileType");
        if (await replies.AddressOfAsync(reply.Conversation, cancellationToken) is not { } address)
        {
            return null;
        }

        if (await replies.CredentialsOfAsync(reply.Conversation, cancellationToken) is not { } credentials)
        {
            throw new FileNotSendableException(Cause.FileNotReadable, "ChatEnded");
        }

        try
        {
            return await files.LocateAsync(credentials, file.AttachmentId, cancellationToken) is not { } found ? null
                : found.Size > kind.MaxBytes ? throw new FileNotSendableException(Cause.FileTooLarge, "FileTooLarge")
                : await whatsApp.UploadAsync(address.SystemNumber, found.Url, kind.ContentType, cancellationToken);
        }
        catch (FileRefusedException refusal)
        {
            throw new FileNotSendableException(Cause.FileNotReadable, refusal.ErrorCode);
        }
        catch (SendRefusedException refusal)
        {
            throw new FileNotSendableException(Cause.FileNotTaken, refusal.ErrorCode);
        }
    }

    /// <summary>It will never get there.</summary>
    private sealed class FileNotSendableException(Cause cause, string errorCode) : Exception
    {
        public Cause Cause => cause;

        public string ErrorCode => errorCode;
    }
}
