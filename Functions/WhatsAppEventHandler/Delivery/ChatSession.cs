using System.Buffers;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Media;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>Sends one aggregate's texts into the conversation's chat; opens the chat when there is none or it has ended.</summary>
/// <param name="connect">Amazon Connect.</param>
/// <param name="templates">What people were sent by flows.</param>
/// <param name="settings">Where chats are opened.</param>
/// <param name="topicArn">Where agents' messages go; null = nowhere.</param>
/// <param name="lease">The right to do all this, and the chat so far.</param>
/// <param name="retry">Repeats what fails transiently.</param>
/// <param name="aggregate">What is sent.</param>
/// <param name="calls">Whether a chat is opened for it.</param>
/// <param name="log">Ids only.</param>
internal sealed class ChatSession(
    IConnect connect, ITemplates templates, ChatSettings settings, string? topicArn, Lease lease, TransientRetry retry, Aggregate aggregate, bool calls, ILogger log)
{
    /// <summary>
    /// A chat that was begun but never joined dies after five minutes and is found again by its token: so many of them are passed over at once.
    /// </summary>
    private const int MostDeadChats = 3;

    /// <summary>So often a file's bytes are sent before it is said in words: Connect answers, and the customer's words must not wait for S3.</summary>
    private const int MostUploads = 5;

    /// <summary>All that is ever in memory of a file.</summary>
    private const int BufferSize = 64 * 1024;

    /// <summary>Sends a part; repeated, it has no second effect in the same chat.</summary>
    /// <exception cref="ConnectException">Not accepted; see <see cref="ConnectException.Failure"/>.</exception>
    /// <exception cref="NoChatException">There is no chat for it, and none is to be opened.</exception>
    public async Task SendAsync(Part part, CancellationToken cancellationToken)
    {
        ConnectedChat chat = await FindAsync(cancellationToken);
        if (await TrySendAsync(chat, part, cancellationToken))
        {
            return;
        }

        // Denied means an expired connection token or an ended chat. Only the participant token, which lives as long as the chat, tells which.
        if (await TryRenewAsync(chat, cancellationToken) is { } renewed && await TrySendAsync(renewed, part, cancellationToken))
        {
            return;
        }

        chat = await ReplaceAsync(chat, cancellationToken);
        if (!await TrySendAsync(chat, part, cancellationToken))
        {
            throw new ConnectException(
                ConnectFailure.Misconfigured, "SendMessage", "AccessDeniedException", $"the new chat {chat.ContactId} ended at once: look at contact flow {settings.ContactFlowId}");
        }
    }

    /// <summary>Attaches a file; repeated with what was noted, it has no second effect in the same chat.</summary>
    /// <returns>False when the chat lives and denies files: the instance has not enabled them.</returns>
    /// <exception cref="ConnectException">Not accepted; see <see cref="ConnectException.Failure"/>.</exception>
    /// <exception cref="NoChatException">There is no chat for it, and none is to be opened.</exception>
    public async Task<bool> AttachAsync(Part part, Attaching attaching, CancellationToken cancellationToken)
    {
        ConnectedChat chat = await FindAsync(cancellationToken);
        UploadedAttachment? uploaded = attaching.Uploaded;
        if (await TryAttachAsync(chat))
        {
            return true;
        }

        if (await TryRenewAsync(chat, cancellationToken) is { } renewed)
        {
            return await TryAttachAsync(renewed);
        }

        return await TryAttachAsync(await ReplaceAsync(chat, cancellationToken));

        async Task<bool> TryAttachAsync(ConnectedChat chat)
        {
            try
            {
                if (part.Above is { } line)
                {
                    await SendAsync(chat, line, Idempotency.Token("above", chat.ContactId, aggregate.Id, part.Number), cancellationToken);
                }

                if (uploaded?.ContactId != chat.ContactId)
                {
                    var now = new UploadedAttachment(chat.ContactId, await UploadAsync(chat, part, attaching, cancellationToken));
                    await attaching.NoteAsync(now);
                    uploaded = now;
                }

                await CompleteAsync(chat, uploaded, cancellationToken);
                return true;
            }
            catch (ConnectException failure) when (failure.Failure is ConnectFailure.Denied)
            {
                return false;
            }
        }
    }

    /// <summary>Completes what an earlier attempt has uploaded.</summary>
    /// <returns>False when that chat has ended, or Connect no longer takes it.</returns>
    public async Task<bool> TryCompleteAsync(UploadedAttachment uploaded, CancellationToken cancellationToken)
    {
        if (await KnowRecipientAsync(cancellationToken) is not { } chat || chat.ContactId != uploaded.ContactId)
        {
            return false;
        }

        return await TryAsync(chat) || (await TryRenewAsync(chat, cancellationToken) is { } renewed && await TryAsync(renewed));

        async Task<bool> TryAsync(ConnectedChat chat)
        {
            try
            {
                await CompleteAsync(chat, uploaded, cancellationToken);
                return true;
            }
            catch (ConnectException failure) when (failure.Failure is ConnectFailure.Denied or ConnectFailure.Refused)
            {
                return false;
            }
        }
    }

    private Task<bool> CompleteAsync(ConnectedChat chat, UploadedAttachment uploaded, CancellationToken cancellationToken) => retry.CallAsync(
        async cancellation =>
        {
            await connect.CompleteAttachmentAsync(chat.ConnectionToken, uploaded.AttachmentId, Idempotency.Token("attached", uploaded.AttachmentId), cancellation);
            return true;
        },
        cancellationToken);

    /// <returns>Connect's id of it.</returns>
    private Task<string> UploadAsync(ConnectedChat chat, Part part, Attaching attaching, CancellationToken cancellationToken)
    {
        (CustomerFile file, StoredFile stored) = (attaching.File, attaching.Stored);
        int failures = 0;
        string token = Idempotency.Token("attachment", chat.ContactId, aggregate.Id, part.Number, file.Name, file.ContentType, $"{stored.Size}");
        return retry.CallAsync(
            async cancellation =>
            {
                UploadTarget upload = await connect.StartAttachmentAsync(chat.ConnectionToken, new AttachmentStart(file.Name, file.ContentType, stored.Size, token), cancellation);
                try
                {
                    await connect.UploadAsync(upload, stored.Size, (to, standstill) => CopyAsync(attaching, to, standstill), cancellation);
                }
                catch (ConnectException failure) when (failure.Operation == AmazonConnect.PutAttachment && ++failures == MostUploads)
                {
                    throw new ConnectException(ConnectFailure.Refused, failure.Operation, failure.ErrorCode, failure.Message, failure);
                }

                return upload.AttachmentId;
            },
            cancellationToken);
    }

    /// <summary>The lease is renewed while bytes flow.</summary>
    private async Task CopyAsync(Attaching attaching, Stream to, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using Stream from = await attaching.OpenAsync(attaching.Stored, cancellationToken);
            while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                await lease.HoldAsync(cancellationToken);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        catch (MediaException failure)
        {
            throw new IOException(failure.Message, failure);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<ConnectedChat> FindAsync(CancellationToken cancellationToken) =>
        await KnowRecipientAsync(cancellationToken) ?? (calls ? await OpenAsync(cancellationToken) : throw new NoChatException());

    /// <summary>A new chat after one that has ended.</summary>
    private async Task<ConnectedChat> ReplaceAsync(ConnectedChat ended, CancellationToken cancellationToken)
    {
        if (!calls)
        {
            await lease.SaveAsync(lease.Chat with { Connected = null }, cancellationToken);
            log.ChatForgotten(ended.ContactId, aggregate.Id);
            throw new NoChatException();
        }

        log.ChatEnded(ended.ContactId, aggregate.Id);
        return await OpenAsync(cancellationToken);
    }

    /// <summary>Whoever got another number, or has been reached by none, is answered where the last message came from.</summary>
    private async Task<ConnectedChat?> KnowRecipientAsync(CancellationToken cancellationToken)
    {
        if (lease.Chat.Connected is { } chat && chat.Customer.Recipient != aggregate.Recipient.Id)
        {
            // An older version announced no contact.
            ChatCustomer customer = chat.Customer with { Recipient = aggregate.Recipient.Id };
            await lease.AnnounceAsync(chat.ContactId, customer, cancellationToken);
            await lease.SaveAsync(lease.Chat with { Connected = chat with { Customer = customer } }, cancellationToken);
        }

        return lease.Chat.Connected;
    }

    private async Task<bool> TrySendAsync(ConnectedChat chat, Part part, CancellationToken cancellationToken)
    {
        // The text is part of the token: were it rendered differently by now, the old token would make Connect swallow the new text.
        string token = Idempotency.Token("message", chat.ContactId, aggregate.Id, part.Number, part.Text);
        try
        {
            await SendAsync(chat, part.Shown, token, cancellationToken);
            return true;
        }
        catch (ConnectException failure) when (failure.Failure is ConnectFailure.Denied)
        {
            return false;
        }
    }

    private Task<bool> SendAsync(ConnectedChat chat, string text, string token, CancellationToken cancellationToken) => retry.CallAsync(
        async cancellation =>
        {
            await connect.SendMessageAsync(chat.ConnectionToken, text, token, cancellation);
            return true;
        },
        cancellationToken);

    private async Task<ConnectedChat?> TryRenewAsync(ConnectedChat chat, CancellationToken cancellationToken)
    {
        if (await TryConnectAsync(chat.ParticipantToken, cancellationToken) is not { } connectionToken)
        {
            return null;
        }

        ConnectedChat renewed = chat with { ConnectionToken = connectionToken };
        await lease.SaveAsync(lease.Chat with { Connected = renewed }, cancellationToken);
        log.ConnectionRenewed(chat.ContactId);
        return renewed;
    }

    private async Task<string?> TryConnectAsync(string participantToken, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.CallAsync(cancellation => connect.ConnectAsync(participantToken, cancellation), cancellationToken);
        }
        catch (ConnectException failure) when (failure.Failure is ConnectFailure.Denied)
        {
            return null;
        }
    }

    private async Task<ConnectedChat> OpenAsync(CancellationToken cancellationToken)
    {
        SentTemplate? template = await templates.FindAsync(aggregate.Customer.SystemNumber, aggregate.Ids, cancellationToken);
        for (int dead = 0; dead < MostDeadChats; dead++)
        {
            int number = lease.Chat.Number + 1;
            OpenedChat started = await StartAsync(number, template, cancellationToken);

            // Before anything that is written in it can come: the flow greets as soon as it is streamed.
            await lease.AnnounceAsync(started.ContactId, aggregate.Customer, cancellationToken);

            // Before the customer joins, so that as little as possible of what the flow says is missed.
            ExceptionDispatchInfo? streamingFailure = await StreamAsync(started.ContactId, cancellationToken);
            if (await TryConnectAsync(started.ParticipantToken, cancellationToken) is { } connectionToken)
            {
                streamingFailure?.Throw();
                var chat = new ConnectedChat(started.ContactId, started.ParticipantToken, connectionToken, aggregate.Customer);
                await lease.SaveAsync(lease.Chat with { Number = number, Connected = chat }, cancellationToken);
                log.ChatStarted(chat.ContactId, number, aggregate.Id);
                if (template is not null)
                {
                    await templates.ForgetAsync(template, cancellationToken);
                }

                return chat;
            }

            await lease.SaveAsync(lease.Chat with { Number = number, Connected = null }, cancellationToken);
            log.ChatDead(started.ContactId, aggregate.Id);
        }

        throw new ConnectException(
            ConnectFailure.Misconfigured, "CreateParticipantConnection", "AccessDeniedException", $"{MostDeadChats} new chats took no customer: look at contact flow {settings.ContactFlowId}");
    }

    private Task<OpenedChat> StartAsync(int number, SentTemplate? template, CancellationToken cancellationToken)
    {
        // With the aggregate in it, because the row's expiry lets the numbers begin anew; with the settings, so that a changed flow is used. Without the template, which may
        // have been sent between two attempts: they are one chat.
        string token = Idempotency.Token(
            "chat", lease.Conversation, $"{number}", aggregate.Id, settings.InstanceId, settings.ContactFlowId, $"{settings.ChatDurationMinutes}");
        var start = new ChatStart(settings.InstanceId, settings.ContactFlowId, settings.ChatDurationMinutes, aggregate.Customer, token) { Template = template };
        return retry.CallAsync(cancellation => connect.StartChatAsync(start, cancellation), cancellationToken);
    }

    /// <returns>The failure, if any: whether topic or chat is to blame is known only when the customer has joined.</returns>
    private async Task<ExceptionDispatchInfo?> StreamAsync(string contactId, CancellationToken cancellationToken)
    {
        if (topicArn is null)
        {
            return null;
        }

        try
        {
            await retry.CallAsync(
                async cancellation =>
                {
                    await connect.StartStreamingAsync(settings.InstanceId, contactId, topicArn, Idempotency.Token("streaming", contactId, topicArn), cancellation);
                    return true;
                },
                cancellationToken);
            return null;
        }
        catch (ConnectException failure) when (failure.Failure is not ConnectFailure.Transient)
        {
            return ExceptionDispatchInfo.Capture(failure);
        }
    }
}

/// <summary>No chat is running, and what was to be sent opens none.</summary>
internal sealed class NoChatException() : Exception("No chat is running, and the aggregate calls nobody.");
