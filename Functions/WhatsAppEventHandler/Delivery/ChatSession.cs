using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>Sends one aggregate's texts into the conversation's chat; opens the chat when there is none or it has ended.</summary>
/// <param name="connect">Amazon Connect.</param>
/// <param name="settings">Where chats are opened.</param>
/// <param name="topicArn">Where agents' messages go; null = nowhere.</param>
/// <param name="lease">The right to do all this, and the chat so far.</param>
/// <param name="retry">Repeats what fails transiently.</param>
/// <param name="aggregate">What is sent.</param>
/// <param name="log">Ids only.</param>
internal sealed class ChatSession(
    IConnect connect, ChatSettings settings, string? topicArn, Lease lease, TransientRetry retry, Aggregate aggregate, ILogger log)
{
    /// <summary>
    /// A chat that was begun but never joined dies after five minutes and is found again by its token: so many of them are passed over at once.
    /// </summary>
    private const int MostDeadChats = 3;

    /// <summary>Sends a part; repeated, it has no second effect in the same chat.</summary>
    /// <exception cref="ConnectException">Not accepted; see <see cref="ConnectException.Failure"/>.</exception>
    public async Task SendAsync(Part part, CancellationToken cancellationToken)
    {
        ConnectedChat chat = lease.Chat.Connected ?? await OpenAsync(cancellationToken);
        if (await TrySendAsync(chat, part, cancellationToken))
        {
            return;
        }

        // Denied means an expired connection token or an ended chat. Only the participant token, which lives as long as the chat, tells which.
        if (await TryRenewAsync(chat, cancellationToken) is { } renewed && await TrySendAsync(renewed, part, cancellationToken))
        {
            return;
        }

        log.ChatEnded(chat.ContactId, aggregate.Id);
        chat = await OpenAsync(cancellationToken);
        if (!await TrySendAsync(chat, part, cancellationToken))
        {
            throw new ConnectException(
                ConnectFailure.Misconfigured, "SendMessage", "AccessDeniedException", $"the new chat {chat.ContactId} ended at once: look at contact flow {settings.ContactFlowId}");
        }
    }

    private async Task<bool> TrySendAsync(ConnectedChat chat, Part part, CancellationToken cancellationToken)
    {
        // The text is part of the token: were it rendered differently by now, the old token would make Connect swallow the new text.
        string token = Idempotency.Token("message", chat.ContactId, aggregate.Id, part.Number, part.Text);
        try
        {
            await retry.CallAsync(
                async cancellation =>
                {
                    await connect.SendMessageAsync(chat.ConnectionToken, part.Shown, token, cancellation);
                    return true;
                },
                cancellationToken);
            return true;
        }
        catch (ConnectException failure) when (failure.Failure is ConnectFailure.Denied)
        {
            return false;
        }
    }

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
        for (int dead = 0; dead < MostDeadChats; dead++)
        {
            int number = lease.Chat.Number + 1;
            OpenedChat started = await StartAsync(number, cancellationToken);

            // Before the customer joins, so that as little as possible of what the flow says is missed.
            ExceptionDispatchInfo? streamingFailure = await StreamAsync(started.ContactId, cancellationToken);
            if (await TryConnectAsync(started.ParticipantToken, cancellationToken) is { } connectionToken)
            {
                streamingFailure?.Throw();
                var chat = new ConnectedChat(started.ContactId, started.ParticipantToken, connectionToken, aggregate.Customer);
                await lease.SaveAsync(lease.Chat with { Number = number, Connected = chat }, cancellationToken);
                log.ChatStarted(chat.ContactId, number, aggregate.Id);
                return chat;
            }

            await lease.SaveAsync(lease.Chat with { Number = number, Connected = null }, cancellationToken);
            log.ChatDead(started.ContactId, aggregate.Id);
        }

        throw new ConnectException(
            ConnectFailure.Misconfigured, "CreateParticipantConnection", "AccessDeniedException", $"{MostDeadChats} new chats took no customer: look at contact flow {settings.ContactFlowId}");
    }

    private Task<OpenedChat> StartAsync(int number, CancellationToken cancellationToken)
    {
        // With the aggregate in it, because the row's expiry lets the numbers begin anew; with the settings, so that a changed flow is used.
        string token = Idempotency.Token(
            "chat", lease.Conversation, $"{number}", aggregate.Id, settings.InstanceId, settings.ContactFlowId, $"{settings.ChatDurationMinutes}");
        var start = new ChatStart(settings.InstanceId, settings.ContactFlowId, settings.ChatDurationMinutes, aggregate.Customer, token);
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
