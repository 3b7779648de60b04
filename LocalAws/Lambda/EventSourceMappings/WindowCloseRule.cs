namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>When a tumbling window whose time is over gets its closing call, if no later record has come.</summary>
public enum WindowCloseRule
{
    /// <summary>
    /// As AWS was seen to do: with the next record of the shard, or 120 seconds after the window's end. (That AWS waits up to two minutes
    /// is documented for Kinesis; from when it counts is not.)
    /// </summary>
    NextRecordOr120Seconds,

    /// <summary>As soon as a read of the stream that began after the window's end has brought nothing more of it. For comparison; not what AWS does.</summary>
    Prompt,
}
