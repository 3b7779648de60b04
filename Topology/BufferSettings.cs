namespace WhatsAppBuffer.Topology;

/// <summary>Settings of the event source mapping between the stream of <see cref="Tables.RawMessages"/> and the aggregator: the buffer itself.</summary>
public static class BufferSettings
{
    /// <summary>The guide's buffer: how long a burst is collected, in seconds. It sets the batching window and the tumbling window.</summary>
    public const int DefaultSeconds = 20;

    /// <summary>
    /// The batching window under <see cref="ReleaseChoice.Quiet"/>, in seconds: the least that Lambda allows. The event handler waits for the customer, and there is no tumbling window.
    /// </summary>
    public const int QuietFlushSeconds = 1;

    /// <summary>The batching window's bounds on AWS, in seconds (0 would not buffer).</summary>
    public const int MinimumSeconds = 1;

    /// <inheritdoc cref="MinimumSeconds"/>
    public const int MaximumSeconds = 300;

    /// <summary>
    /// Records per invocation at the most: as many as Lambda takes, so that the buffer ends a burst and not the number of messages. A batch of
    /// 6 MB, some 3,000 messages, ends earlier.
    /// </summary>
    public const int BatchSize = 10_000;

    /// <summary>
    /// No limit: a batch that fails is tried again as long as its records live, so that an outage costs time and no message. What can never be
    /// handed over the aggregator puts aside itself.
    /// </summary>
    public const int MaximumRetryAttempts = -1;

    /// <summary>Records older than this go to the on-failure destination, in seconds: an hour before the stream would drop them unseen.</summary>
    public const int MaximumRecordAgeInSeconds = 23 * 60 * 60;
}

/// <summary>What ends a burst. docs/buffering.md says when to take which.</summary>
public enum ReleaseChoice
{
    /// <summary>The clock, as in the guide: what a window holds goes when it ends.</summary>
    Window,

    /// <summary>The customer: what waits goes when nothing has come for some seconds. Needs <see cref="Wiring.Queues"/>.</summary>
    Quiet,
}
