namespace WhatsAppBuffer.Redrive.Letters;

/// <summary>Who wrote a dead letter, and why.</summary>
public enum LetterKind
{
    /// <summary>Nobody of this system.</summary>
    Unknown,

    /// <summary>A notification of the topic: SNS could not deliver it, or the function could not handle it, however often the queue gave it.</summary>
    Notification,

    /// <summary>Lambda's record of an asynchronous invocation that it gave up.</summary>
    Invocation,

    /// <summary>An event that the event handler could not handle, however often its queue gave it.</summary>
    Event,

    /// <summary>A part of an aggregate that Connect refused: the event handler's own letter.</summary>
    RefusedPart,

    /// <summary>An answer that WhatsApp refused, or that nobody knows where to send: <c>connect_event_handler</c>'s own letter.</summary>
    RefusedReply,

    /// <summary>Records that the aggregator could never hand over: its own letter.</summary>
    RefusedRecords,

    /// <summary>A batch of the stream that the event source mapping gave up.</summary>
    Batch,
}
