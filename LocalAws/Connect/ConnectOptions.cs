using LocalAws.Connect.Attachments;

namespace LocalAws.Connect;

/// <summary>What a test or simulation may choose about Amazon Connect; the defaults are AWS's where AWS states them.</summary>
public sealed record ConnectOptions
{
    /// <summary>Chats that an instance may have at the same time; default 500.</summary>
    public int ConcurrentChats { get; init; } = 500;

    /// <summary>How long a chat lasts when its start does not say; default 25 hours.</summary>
    public TimeSpan ChatDuration { get; init; } = TimeSpan.FromHours(25);

    /// <summary>How long a started chat waits for its customer to be connected; default 5 minutes.</summary>
    public TimeSpan ConnectDeadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The life of a connection token, whatever the chat's duration; default 1 day.</summary>
    public TimeSpan ConnectionTokenLife { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long StartChatContact remembers a client token; default 1 day (AWS does not say).</summary>
    public TimeSpan ClientTokenMemory { get; init; } = TimeSpan.FromDays(1);

    /// <summary>UTF-16 units in a text/plain or text/markdown message; default 1,024. Sources differ: others speak of 16,384 bytes.</summary>
    public int MaximumTextLength { get; init; } = 1024;

    /// <summary>Bytes of an attachment; default 20 MB. AWS lets an instance choose 1 to 100 MB.</summary>
    public long MaximumAttachmentBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Attachments of a chat; default 35.</summary>
    public int AttachmentsPerChat { get; init; } = 35;

    /// <summary>How attachments are scanned; not at all by default, so that each is approved at once.</summary>
    public AttachmentScan? AttachmentScan { get; init; }

    /// <summary>Ended chats that the agent's desktop can still show; default 10,000. More costs memory.</summary>
    public int RememberedContacts { get; init; } = 10_000;

    /// <summary>Requests per second, by operation; default <see cref="ConnectQuotas.None"/>.</summary>
    public ConnectQuotas Quotas { get; init; } = ConnectQuotas.None;
}
