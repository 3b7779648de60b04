namespace LocalAws.Connect;

/// <summary>The content types of messages and events.</summary>
internal static class ContentTypes
{
    public const string Text = "text/plain";
    public const string Markdown = "text/markdown";
    public const string Json = "application/json";
    public const string Interactive = "application/vnd.amazonaws.connect.message.interactive";
    public const string InteractiveResponse = "application/vnd.amazonaws.connect.message.interactive.response";

    public const string Typing = "application/vnd.amazonaws.connect.event.typing";
    public const string Delivered = "application/vnd.amazonaws.connect.event.message.delivered";
    public const string Read = "application/vnd.amazonaws.connect.event.message.read";
    public const string Joined = "application/vnd.amazonaws.connect.event.participant.joined";
    public const string Left = "application/vnd.amazonaws.connect.event.participant.left";
    public const string Attachment = "application/vnd.amazonaws.connect.message.attachment";
    public const string ChatEnded = "application/vnd.amazonaws.connect.event.chat.ended";

    private const int MaxJson = 12_000;
    private const int MaxInteractive = 12_288;

    /// <summary>The longest content of a message type in UTF-16 units. Source: ConnectParticipant API model, SendMessage.</summary>
    public static int MaximumLength(string contentType, ConnectOptions options) => contentType switch
    {
        Json => MaxJson,
        Interactive or InteractiveResponse => MaxInteractive,
        _ => options.MaximumTextLength,
    };
}
