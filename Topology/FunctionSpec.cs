namespace WhatsAppBuffer.Topology;

/// <summary>A Lambda function of the system.</summary>
/// <param name="Name">The function's name on AWS and here.</param>
/// <param name="Project">Folder, project and executable under <c>Functions/</c>.</param>
/// <param name="MemoryMegabytes">Memory, which on Lambda also sets the share of a processor.</param>
/// <param name="TimeoutSeconds">How long one invocation may take.</param>
/// <param name="ReservedConcurrency">Sandboxes at the most.</param>
/// <param name="DeadLetterQueue">Where what the function could not do ends up.</param>
public sealed record FunctionSpec(
    string Name, string Project, int MemoryMegabytes, int TimeoutSeconds, int ReservedConcurrency, string DeadLetterQueue);

/// <summary>The functions of the system.</summary>
public static class FunctionSpecs
{
    /// <summary>SNS → <see cref="Tables.RawMessages"/>.</summary>
    public static FunctionSpec OnRawMessages { get; } = new("on_raw_messages", "OnRawMessages", 256, 30, 10, "on_raw_messages_dead_letters");

    /// <summary>
    /// Stream of <see cref="Tables.RawMessages"/> → outbox and event handler. Large batches want memory and time. One sandbox per shard: a new
    /// on-demand table has four, and a shard that rolls over overlaps with its successor.
    /// </summary>
    public static FunctionSpec MessageAggregator { get; } =
        new("message_aggregator", "MessageAggregator", 512, 120, 10, "message_aggregator_dead_letters");

    /// <summary>
    /// Outbox → Amazon Connect. The time lets a long text pass Connect's rate of messages. Five sandboxes make at most five requests at once:
    /// below the burst of eight that Connect's smallest default quota allows (StartChatContact and StartContactStreaming: 5 a second, 8 at
    /// once). What Lambda holds back meanwhile waits in its queue for up to six hours and uses up no retry, so a rush is delayed, not
    /// dead-lettered.
    /// </summary>
    public static FunctionSpec WhatsAppEventHandler { get; } =
        new("whatsapp_event_handler", "WhatsAppEventHandler", 512, 120, 5, "whatsapp_event_handler_dead_letters");

    /// <summary>All functions, in the order of the pipeline.</summary>
    public static IReadOnlyList<FunctionSpec> All { get; } = [OnRawMessages, MessageAggregator, WhatsAppEventHandler];
}
