using System.Buffers;

namespace LocalAws.Lambda.EventSourceMappings.Queues;

/// <summary>Messages that are handed over in one call.</summary>
/// <param name="Records">At least one.</param>
internal sealed record QueueBatch(IReadOnlyList<QueueRecord> Records)
{
    /// <summary>What an event needs beside its records.</summary>
    public const int EnvelopeBytes = 16;

    /// <summary>Calls in a row that did not reach the function.</summary>
    public int Refusals { get; init; }

    /// <summary>Not to be handed over before.</summary>
    public DateTimeOffset NotBefore { get; init; } = DateTimeOffset.MinValue;

    /// <summary>When the queue shows the first of the messages again.</summary>
    public DateTimeOffset VisibleAt { get; } = Records.Min(record => record.Received.VisibleAt);

    /// <summary>What a record adds to an event.</summary>
    public static int SizeOf(QueueRecord record) => record.Json.Length + 1;

    /// <summary>The event: the records side by side.</summary>
    public ReadOnlyMemory<byte> ToEvent()
    {
        var json = new ArrayBufferWriter<byte>(EnvelopeBytes + Records.Sum(SizeOf));
        json.Write("{\"Records\":["u8);
        for (int i = 0; i < Records.Count; i++)
        {
            json.Write(i == 0 ? default : ","u8);
            json.Write(Records[i].Json.Span);
        }

        json.Write("]}"u8);
        return json.WrittenMemory;
    }
}
