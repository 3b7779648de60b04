namespace WhatsAppBuffer.Messaging.Buffering;

/// <summary>
/// When the messages of a conversation leave the buffer. What is held back is reported as not processed, so that the event source mapping
/// delivers it again.
/// </summary>
public interface IReleasePolicy
{
    /// <summary>Whether a conversation's messages leave with this invocation.</summary>
    /// <param name="conversation">What the invocation brought of it.</param>
    bool Releases(Conversation conversation);
}

/// <summary>
/// The mapping's batching window is the buffer: what an invocation brings leaves with it. No customer waits for the call that closes a
/// window, which AWS makes with the next record or up to two minutes late.
/// </summary>
public sealed class Batch : IReleasePolicy
{
    /// <inheritdoc/>
    public bool Releases(Conversation conversation) => true;
}
