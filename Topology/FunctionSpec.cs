namespace WhatsAppBuffer.Topology;

/// <summary>A Lambda function of the system.</summary>
/// <param name="Name">The function's name on AWS and here.</param>
/// <param name="Project">Folder, project and executable under <c>Functions/</c>.</param>
/// <param name="MemoryMegabytes">Memory, which on Lambda also sets the share of a processor.</param>
/// <param name="TimeoutSeconds">How long one invocation may take.</param>
/// <param name="Concurrency">Sandboxes at the most.</param>
/// <param name="DeadLetterQueue">Where what the function could not do ends up; null for one whose caller waits for the answer.</param>
public sealed record FunctionSpec(string Name, string Project, int MemoryMegabytes, int TimeoutSeconds, int Concurrency, string? DeadLetterQueue)
{
    /// <summary>Where what the function has yet to do waits (<see cref="Wiring.Queues"/>); null for a function that reads a stream.</summary>
    public QueueSpec? Queue { get; init; }

    /// <summary>
    /// Where what takes as long as a file does waits, apart from the rest: it must never hold all sandboxes (<see cref="Wiring.Queues"/>). Null for a function without such work.
    /// See docs/adr/0012-files-have-a-queue-of-their-own.md.
    /// </summary>
    public QueueSpec? FilesQueue { get; init; }

    /// <summary>All its queues.</summary>
    public IEnumerable<QueueSpec> Queues => new[] { Queue, FilesQueue }.OfType<QueueSpec>();
}

/// <summary>A queue that waits for a function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="BatchSize">Messages in one invocation at the most.</param>
/// <param name="VisibilityTimeoutSeconds">
/// After how long a message that the function was given and did not finish comes again: not before the function's time-out.
/// </param>
/// <param name="Concurrency">Sandboxes that work on it at the most: Lambda allows no fewer than two.</param>
public sealed record QueueSpec(string Name, int BatchSize, int VisibilityTimeoutSeconds, int Concurrency)
{
    /// <summary>How often a message is given to the function before it goes to the dead-letter queue: as often as SQS allows.</summary>
    public const int MaxReceiveCount = 1_000;

    /// <summary>How long a message is kept that nobody takes: a week, so that a function that is switched off loses nothing over a weekend.</summary>
    public const int RetentionSeconds = 7 * 24 * 60 * 60;
}

/// <summary>How functions are told of what they have to do. docs/adr/0007-queues-and-a-sweep.md compares the two.</summary>
public enum Wiring
{
    /// <summary>By queues, where it waits for as long as it cannot be done; a sweep looks for what was forgotten.</summary>
    Queues,

    /// <summary>As in the guide: SNS invokes, and a function invokes the next one, each asynchronously.</summary>
    Guide,
}

/// <summary>The functions of the system.</summary>
public static class FunctionSpecs
{
    /// <summary>SNS → <see cref="Tables.RawMessages"/>.</summary>
    public static FunctionSpec OnRawMessages { get; } =
        new("on_raw_messages", "OnRawMessages", 256, 20, 10, "on_raw_messages_dead_letters") { Queue = new("on_raw_messages_queue", 10, 60, 10) };

    /// <summary>
    /// Stream of <see cref="Tables.RawMessages"/> → outbox and event handler. Large batches want memory and time. One sandbox per shard: a new
    /// on-demand table has four, and a shard that rolls over overlaps with its successor.
    /// </summary>
    public static FunctionSpec MessageAggregator { get; } =
        new("message_aggregator", "MessageAggregator", 512, 120, 10, "message_aggregator_dead_letters");

    /// <summary>
    /// Outbox → Amazon Connect. The time lets a long text pass Connect's rate of messages, and is twice a lease's. Five sandboxes make at most
    /// five requests at once, seven with those that wait for files: below the burst of eight that Connect's smallest default quota allows (StartChatContact and
    /// StartContactStreaming: 5 a second, 8 at once). What is held back meanwhile waits in the queue and uses up no attempt, so a rush is
    /// delayed, not dead-lettered. An attempt that failed is followed by the next after at most 90 seconds; a thousand of these are 25 hours.
    /// </summary>
    public static FunctionSpec WhatsAppEventHandler { get; } =
        new("whatsapp_event_handler", "WhatsAppEventHandler", 512, 60, 5, "whatsapp_event_handler_dead_letters")
        {
            Queue = new("whatsapp_event_handler_queue", 1, 90, 5),
            FilesQueue = new("whatsapp_event_handler_files_queue", 10, 90, 2),
        };

    /// <summary>
    /// <see cref="Topics.WhatsAppOut"/> → WhatsApp. Most of an invocation waits: for answers, and for the status of a message whose sending had none. An attempt that
    /// failed is followed by the next after at most 90 seconds; a thousand of these are 25 hours, as long as WhatsApp lets an answer be sent at all.
    /// </summary>
    public static FunctionSpec ConnectEventHandler { get; } =
        new("connect_event_handler", "ConnectEventHandler", 256, 60, 5, "connect_event_handler_dead_letters")
        {
            Queue = new("connect_event_handler_queue", 10, 90, 5),
            FilesQueue = new("connect_event_handler_files_queue", 10, 90, 2),
        };

    /// <summary>Contact flow → WhatsApp, by a template. A flow waits eight seconds for the block "Invoke AWS Lambda function" at the most, and for the answer itself.</summary>
    public static FunctionSpec SendWhatsAppMessage { get; } = new("send_whatsapp_message", "SendWhatsAppMessage", 256, 8, 10, DeadLetterQueue: null);

    /// <summary>All functions, in the order of the pipeline: the customer's way, then the agent's.</summary>
    public static IReadOnlyList<FunctionSpec> All { get; } = [OnRawMessages, MessageAggregator, WhatsAppEventHandler, ConnectEventHandler, SendWhatsAppMessage];
}
