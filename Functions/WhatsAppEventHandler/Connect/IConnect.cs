using WhatsAppBuffer.WhatsAppEventHandler.Chats;

namespace WhatsAppBuffer.WhatsAppEventHandler.Connect;

/// <summary>
/// The calls to Amazon Connect that carry a conversation. Each fails with <see cref="ConnectException"/>, is tried once and bounded in
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

    /// <summary><c>StartAttachmentUpload</c>: announces a file. Nothing rests on its client token: until it is completed, a file is in no chat.</summary>
    Task<UploadTarget> StartAttachmentAsync(string connectionToken, AttachmentStart start, CancellationToken cancellationToken);

    /// <summary>Puts an announced file's bytes where Connect said.</summary>
    /// <param name="upload">Where.</param>
    /// <param name="size">How many bytes.</param>
    /// <param name="write">Writes them; called once.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    Task UploadAsync(UploadTarget upload, long size, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary><c>CompleteAttachmentUpload</c>: the file is in the chat. That it was before (<c>ConflictException</c>) is no failure.</summary>
    Task CompleteAttachmentAsync(string connectionToken, string attachmentId, string clientToken, CancellationToken cancellationToken);
}

/// <summary>What a new chat is made of.</summary>
/// <param name="InstanceId">Connect instance.</param>
/// <param name="ContactFlowId">Flow that receives the chat.</param>
/// <param name="DurationMinutes">How long the chat may last: 60–10,080.</param>
/// <param name="Customer">Display name and attributes.</param>
/// <param name="ClientToken">The same for the same chat of the same conversation.</param>
internal sealed record ChatStart(string InstanceId, string ContactFlowId, int DurationMinutes, ChatCustomer Customer, string ClientToken)
{
    /// <summary>The template that the customer answers; null when it answers none.</summary>
    public SentTemplate? Template { get; init; }
}

/// <summary>A file as Connect is told of it.</summary>
/// <param name="Name">1–256 characters; Connect goes by its extension.</param>
/// <param name="ContentType">1–255 characters.</param>
/// <param name="Size">In bytes, at least 1.</param>
/// <param name="ClientToken">The same for the same file of the same aggregate in the same chat.</param>
internal sealed record AttachmentStart(string Name, string ContentType, long Size, string ClientToken);

/// <summary>Where a file's bytes go.</summary>
/// <param name="AttachmentId">Connect's id of the file.</param>
/// <param name="Url">For one <c>PUT</c>.</param>
/// <param name="Headers">To be sent with it.</param>
internal sealed record UploadTarget(string AttachmentId, Uri Url, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Who has the URL may write.</summary>
    public override string ToString() => $"attachment {AttachmentId}";
}

/// <summary>A chat that exists, but in which the customer is not yet connected.</summary>
internal sealed record OpenedChat(string ContactId, string ParticipantToken)
{
    /// <summary>The token is a credential.</summary>
    public override string ToString() => $"chat {ContactId}";
}
