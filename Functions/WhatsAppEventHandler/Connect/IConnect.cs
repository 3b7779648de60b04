using WhatsAppBuffer.WhatsAppEventHandler.Chats;

namespace WhatsAppBuffer.WhatsAppEventHandler.Connect;

/// <summary>
/// The four calls to Amazon Connect that carry a conversation. Each fails with <see cref="ConnectException"/>, is tried once and bounded in
/// time; a repeated call with the same client token has no second effect.
/// </summary>
internal interface IConnect
{
    /// <summary><c>StartChatContact</c>.</summary>
    Task<OpenedChat> StartChatAsync(ChatStart start, CancellationToken cancellationToken);

    /// <summary><c>StartContactStreaming</c>: agents' messages go to the topic from now on.</summary>
    Task StartStreamingAsync(string instanceId, string contactId, string topicArn, string clientToken, CancellationToken cancellationToken);

    /// <summary><c>CreateParticipantConnection</c>: connects the customer and gives the connection token.</summary>
    Task<string> ConnectAsync(string participantToken, CancellationToken cancellationToken);

    /// <summary><c>SendMessage</c>.</summary>
    Task SendMessageAsync(string connectionToken, string text, string clientToken, CancellationToken cancellationToken);
}

/// <summary>What a new chat is made of.</summary>
/// <param name="InstanceId">Connect instance.</param>
/// <param name="ContactFlowId">Flow that receives the chat.</param>
/// <param name="DurationMinutes">How long the chat may last: 60–10,080.</param>
/// <param name="Customer">Display name and attributes.</param>
/// <param name="ClientToken">The same for the same chat of the same conversation.</param>
internal sealed record ChatStart(string InstanceId, string ContactFlowId, int DurationMinutes, ChatCustomer Customer, string ClientToken);

/// <summary>A chat that exists, but in which the customer is not yet connected.</summary>
internal sealed record OpenedChat(string ContactId, string ParticipantToken)
{
    /// <summary>The token is a credential.</summary>
    public override string ToString() => $"chat {ContactId}";
}
