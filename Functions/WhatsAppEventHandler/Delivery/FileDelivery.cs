using Microsoft.Extensions.Logging;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Media;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>
/// Attaches the files of one aggregate, each once: what is decided about a file is noted on the outbox item before it has an effect, on the condition that nobody
/// decided otherwise. Whoever goes on completes the same upload, or writes the same words.
/// </summary>
/// <param name="outbox">Keeps the notes.</param>
/// <param name="item">The aggregate.</param>
/// <param name="files">What has been fetched.</param>
/// <param name="session">The chat.</param>
/// <param name="lease">The right to all this.</param>
/// <param name="patience">How long an aggregate waits for files that were not asked for yet.</param>
/// <param name="log">Ids only.</param>
internal sealed class FileDelivery(IOutbox outbox, OutboxItem item, IncomingFiles files, ChatSession session, Lease lease, TimeSpan patience, ILogger log)
{
    /// <summary>Attaches a file.</summary>
    /// <param name="part">The file.</param>
    /// <param name="done">Parts of the aggregate that are done.</param>
    /// <param name="isLate">Whether it is an item of its own that waits for nothing but this file.</param>
    /// <param name="since">When it came, in seconds.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Why it is to be written in words; null when it is attached.</returns>
    /// <exception cref="FilesNeededException">It has not been fetched.</exception>
    /// <exception cref="LeaseLostException">Another invocation is further.</exception>
    public async Task<FileWords?> AttachAsync(Part part, int done, bool isLate, long since, CancellationToken cancellationToken)
    {
        // With every progress the note of the part before went away.
        FileNote? stored = done == (item.Progress?.Done ?? 0) ? item.File : null;
        FileNote? noted = stored?.Part == part.Number ? stored : null;
        if (noted?.Words is { } decided)
        {
            return decided;
        }

        CustomerFile file = part.File!;
        FileState? state = files.StateOf(file);
        if (state?.Stored is not { } found)
        {
            // It may be in the chat already: then it is not to stand there in words, too. What was uploaded needs the file no more, unless that chat has ended.
            if (noted?.Attachment is { } uploaded && await session.TryCompleteAsync(uploaded, cancellationToken))
            {
                return null;
            }

            if (state is null || (isLate && state == FileState.Late && !files.IsOver(since)))
            {
                throw new FilesNeededException([file], patience, item.CreatedAt, isLate);
            }

            return await WriteAsync(isLate && state == FileState.Late ? FileWords.NotFetched : state.Words, "");
        }

        var attaching = new Attaching(file, found, files.OpenAsync, noted?.Attachment, NoteAsync);
        try
        {
            if (await session.AttachAsync(part, attaching, cancellationToken))
            {
                log.FileAttached(item.AggregationId);
                return null;
            }

            return await WriteAsync(FileWords.NotAttached, nameof(ConnectFailure.Denied));
        }
        catch (ConnectException refusal) when (refusal.Failure is ConnectFailure.Refused)
        {
            return await WriteAsync(refusal.ErrorCode == "ServiceQuotaExceededException" ? FileWords.TooMany : FileWords.NotAttached, refusal.ErrorCode);
        }

        async Task NoteAsync(UploadedAttachment uploaded)
        {
            var now = new FileNote(part.Number, uploaded, null);
            await DecideAsync(now, null);
        }

        async Task<FileWords?> WriteAsync(FileWords why, string errorCode)
        {
            OutboxItem? follows = why is FileWords.Follows ? part.ToLateFile(item) : null;
            await DecideAsync(new FileNote(part.Number, null, why), follows);
            if (follows is not null)
            {
                log.FileFollows(item.AggregationId);
                files.Follow(item.FollowedBehind);
            }
            else
            {
                log.FileInWords(item.AggregationId, $"{why}", errorCode);
            }

            return why;
        }

        async Task DecideAsync(FileNote note, OutboxItem? follows)
        {
            await lease.HoldAsync(cancellationToken);
            if (!await outbox.TryNoteFileAsync(item, done, note, stored, follows, cancellationToken))
            {
                throw new LeaseLostException();
            }

            stored = note;
        }
    }
}

/// <summary>A file on its way into a chat.</summary>
/// <param name="File">What it is.</param>
/// <param name="Stored">Where it is.</param>
/// <param name="OpenAsync">Begins to read it.</param>
/// <param name="Uploaded">What an earlier attempt has uploaded; null = nothing.</param>
/// <param name="NoteAsync">Notes what was uploaded, before it is completed.</param>
internal sealed record Attaching(
    CustomerFile File,
    StoredFile Stored,
    Func<StoredFile, CancellationToken, Task<Stream>> OpenAsync,
    UploadedAttachment? Uploaded,
    Func<UploadedAttachment, Task> NoteAsync);
