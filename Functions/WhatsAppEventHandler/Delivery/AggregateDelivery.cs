using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.ServiceDefaults.Telemetry;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Media;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>Takes one aggregate to the agent, or to the dead letters.</summary>
internal sealed class AggregateDelivery(
    IOutbox outbox, ITemplates templates, IConnect connect, IDeadLetters? deadLetters, SettingsSource<ChatSettings> settings, WhatsAppEventHandlerOptions options, ILogger log)
{
    /// <summary>How long is waited for a file that nothing waits for, before it is looked whether there are others.</summary>
    private static readonly TimeSpan PatienceWithLateFiles = TimeSpan.FromSeconds(15);

    /// <summary>When this returns, the aggregate's work is done and it may leave the outbox.</summary>
    public async Task DeliverAsync(OutboxItem item, Lease lease, InvocationBudget budget, CourtesyRound courtesies, IncomingFiles files, CancellationToken cancellationToken)
    {
        Aggregate aggregate;
        try
        {
            aggregate = Aggregate.Parse(item.AggregationId, item.Event);
        }
        catch (JsonException unreadable)
        {
            await BuryAsync(new DeadLetter(item, unreadable.Message, "UnreadableEvent"), cancellationToken);
            return;
        }

        using Activity span = Telemetry.Deliver(item, aggregate);
        try
        {
            await DeliverAsync(item, aggregate, lease, budget, courtesies, files, cancellationToken);
        }
        catch (Exception failure) when (failure is not FilesNeededException)
        {
            span.Fail(failure);
            Telemetry.CountFailed(failure);
            throw;
        }
    }

    private async Task DeliverAsync(
        OutboxItem item, Aggregate aggregate, Lease lease, InvocationBudget budget, CourtesyRound courtesies, IncomingFiles files, CancellationToken cancellationToken)
    {
        lease.Wrote(aggregate.WrittenAt);
        ChatSettings chatSettings = await settings.GetAsync(cancellationToken);
        aggregate = aggregate.Named(chatSettings.Texts);
        int[] shown = [.. Enumerable.Range(0, aggregate.Messages.Count).Where(i => chatSettings.Kinds.Of(aggregate.Messages[i]) is not Attention.Ignore)];
        TimeSpan patience = aggregate.LateFile is null ? chatSettings.FileWait : PatienceWithLateFiles;
        long?[] late = [.. Enumerable.Range(0, aggregate.Messages.Count).Select(i => aggregate.LateFile is not null ? null : aggregate.LateSince(i, lease.Chat.NewestMessage, chatSettings.Joining.WithinSeconds))];
        var view = new PartView(options.MaxMessageCharacters, i => late[i] is { } written ? chatSettings.LateLine(written) : null, chatSettings.Texts, chatSettings.Joining, message => FileOf(message, item, aggregate, chatSettings));
        var remaining = RemainingParts.Of(aggregate, shown, view, item.Progress);
        if (remaining.Parts.Count == 0)
        {
            log.NothingToShow(item.AggregationId);
            return;
        }

        bool isDecided = item.File is { } note && note.Part == remaining.Parts[0].Number;
        CustomerFile[] unknown = [.. remaining.Parts.Skip(isDecided ? 1 : 0).Select(part => part.File).OfType<CustomerFile>().Where(file => files.StateOf(file) is null)];
        if (unknown.Length > 0)
        {
            throw new FilesNeededException(unknown, patience, item.CreatedAt, aggregate.LateFile is not null);
        }

        // Whoever puts back what was refused wants it seen.
        bool calls = aggregate.Refused is not null || shown.Any(i => chatSettings.Kinds.Of(aggregate.Messages[i]) is Attention.Call);
        var session = new ChatSession(connect, templates, chatSettings, options.TopicArn, lease, new TransientRetry(lease, budget, log), aggregate, calls, log);
        CourtesyChoice courtesy = chatSettings.Courtesies ?? options.Courtesies;
        if (calls)
        {
            lease.MayBeMarked(courtesy.MarksRead ? aggregate.NewestMessageId : null);
            courtesies.Seen(aggregate, courtesy);
        }

        int refused;
        var attaching = new FileDelivery(outbox, item, files, session, lease, patience, log);
        try
        {
            refused = await SendAsync(item, aggregate, remaining, session, attaching, chatSettings, lease, cancellationToken);
        }
        catch (NoChatException)
        {
            Telemetry.CountPassedOver();
            log.PassedOver(item.AggregationId);
            return;
        }

        lease.Delivered(aggregate.NewestTimestamp);
        if (shown.Count(i => late[i] is not null) is > 0 and var lateMessages)
        {
            Telemetry.CountLate(lateMessages);
            log.Late(item.AggregationId, lateMessages);
        }

        if (refused < remaining.Total)
        {
            if (calls)
            {
                courtesies.Delivered(aggregate, courtesy);
            }

            Telemetry.CountDelivered(aggregate.ReceivedAt);
            log.Delivered(item.AggregationId, remaining.Total - refused);
        }
    }

    /// <summary>Which files are to be asked for before it is decided what goes: they are fetched while the customer still writes.</summary>
    /// <param name="undecided">What waits for the customer to finish.</param>
    /// <param name="files">What is known of files.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Null when something is known of all.</returns>
    public async Task<FilesNeededException?> FilesNeededAsync(IReadOnlyList<OutboxItem> undecided, IncomingFiles files, CancellationToken cancellationToken)
    {
        ChatSettings chatSettings = await settings.GetAsync(cancellationToken);
        CustomerFile[] unknown = [.. undecided.SelectMany(FilesOf).Where(file => files.StateOf(file) is null)];
        return unknown.Length == 0 ? null : new FilesNeededException(unknown, chatSettings.FileWait, undecided.Min(item => item.CreatedAt), isLate: false);

        IEnumerable<CustomerFile> FilesOf(OutboxItem item)
        {
            var aggregate = Aggregate.Parse(item.AggregationId, item.Event);
            return aggregate.Messages.Where(message => chatSettings.Kinds.Of(message) is not Attention.Ignore).Select(message => FileOf(message, item, aggregate, chatSettings)).OfType<CustomerFile>();
        }
    }

    private CustomerFile? FileOf(JsonElement message, OutboxItem item, Aggregate aggregate, ChatSettings chatSettings) => options.MediaBucket is not null && chatSettings.AttachesFiles
        ? CustomerFile.Of(message, item.Conversation, aggregate.OriginationNumberArn, chatSettings.Texts)
        : null;

    /// <summary>Sends what was not done before. A part that Connect refuses is put aside, and the others go on.</summary>
    /// <returns>How many were put aside.</returns>
    private async Task<int> SendAsync(
        OutboxItem item,
        Aggregate aggregate,
        RemainingParts remaining,
        ChatSession session,
        FileDelivery files,
        ChatSettings chatSettings,
        Lease lease,
        CancellationToken cancellationToken)
    {
        int refused = 0;
        for (int place = 0; place < remaining.Parts.Count; place++)
        {
            if (place > 0)
            {
                await NoteAsync(item, remaining.Before(place), lease, cancellationToken);
            }

            Part part = remaining.Parts[place];
            PartRefusal? refusal = place == 0 ? remaining.Refusal : null;
            if (refusal is null && part.File is not null)
            {
                if (await files.AttachAsync(part, remaining.Before(place).Done, aggregate.LateFile is not null, aggregate.ReceivedAt ?? aggregate.NewestTimestamp, cancellationToken) is not { } why)
                {
                    continue;
                }

                part = part.InWords(why, chatSettings.Texts, options.MaxMessageCharacters);
            }

            if (refusal is null && await TrySendAsync(part, session, cancellationToken) is { } now)
            {
                ThrowWithoutQueue(item, now);
                refusal = now;
                // First, so that it is sent no more, whoever goes on: a part must not be both in a chat and in a letter.
                await NoteAsync(item, remaining.Before(place, refusal), lease, cancellationToken);
            }

            if (refusal is not null)
            {
                int times = aggregate.Refused is { Times: var before } ? before + 1 : 0;
                await BuryAsync(new DeadLetter(item with { Event = part.ToEvent(item, times) }, refusal.Reason, refusal.ErrorCode), cancellationToken);
                refused++;
            }
        }

        return refused;
    }

    private static async Task<PartRefusal?> TrySendAsync(Part part, ChatSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.SendAsync(part, cancellationToken);
            return null;
        }
        catch (ConnectException refusal) when (refusal.Failure is ConnectFailure.Refused)
        {
            return new PartRefusal(refusal.ErrorCode, refusal.Message);
        }
    }

    /// <exception cref="LeaseLostException">Another invocation is further.</exception>
    private async Task NoteAsync(OutboxItem item, DeliveryProgress progress, Lease lease, CancellationToken cancellationToken)
    {
        await lease.HoldAsync(cancellationToken);
        if (!await outbox.TryNoteAsync(item, progress, cancellationToken))
        {
            throw new LeaseLostException();
        }
    }

    private async Task BuryAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        ThrowWithoutQueue(letter.Item, new PartRefusal(letter.ErrorCode, letter.Reason));
        await deadLetters!.SendAsync(letter, cancellationToken);
        Telemetry.CountDeadLettered(letter.ErrorCode);
        log.DeadLettered(letter.Item.AggregationId, letter.ErrorCode);
    }

    private void ThrowWithoutQueue(OutboxItem item, PartRefusal refusal)
    {
        if (deadLetters is null)
        {
            throw new UndeliverableException(item.AggregationId, refusal.ErrorCode);
        }
    }
}

/// <summary>An aggregate can never be delivered, and there is no queue to keep it: it stays in the outbox and blocks its conversation.</summary>
internal sealed class UndeliverableException(string aggregationId, string errorCode)
    : Exception($"Aggregate {aggregationId} cannot be delivered ({errorCode}) and blocks its conversation: set DEAD_LETTER_QUEUE_URL so that it can be put aside.");
