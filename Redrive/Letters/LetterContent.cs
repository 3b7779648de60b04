using System.Text.Json;

namespace WhatsAppBuffer.Redrive.Letters;

/// <summary>What a dead letter holds, and so how it is put back.</summary>
/// <param name="Kind">Who wrote it.</param>
internal abstract record LetterContent(LetterKind Kind)
{
    /// <summary>Events for the function whose letter it is.</summary>
    /// <param name="Kind">Who wrote it.</param>
    /// <param name="Texts">JSON, each the body of a message in the function's queue.</param>
    public sealed record Events(LetterKind Kind, IReadOnlyList<string> Texts) : LetterContent(Kind);

    /// <summary>Records of the raw table's stream.</summary>
    /// <param name="Kind">Who wrote it.</param>
    /// <param name="Inserts">Its new messages.</param>
    public sealed record Records(LetterKind Kind, IReadOnlyList<RawRecord> Inserts) : LetterContent(Kind);

    /// <summary>Where records of the stream are, or were.</summary>
    /// <param name="StreamArn">The stream.</param>
    /// <param name="ShardId">The shard.</param>
    /// <param name="First">Sequence number of the first.</param>
    /// <param name="Last">Sequence number of the last.</param>
    public sealed record Pointer(string StreamArn, string ShardId, string First, string Last) : LetterContent(LetterKind.Batch);

    /// <summary>Nothing that can be put back.</summary>
    /// <param name="Kind">Who wrote it.</param>
    /// <param name="Why">For the operator; never a customer's words.</param>
    public sealed record Nothing(LetterKind Kind, string Why) : LetterContent(Kind);
}

/// <summary>A record of the raw table's stream: a new message.</summary>
/// <param name="Table">The raw table.</param>
/// <param name="From">Its partition key.</param>
/// <param name="Id">Its sort key.</param>
/// <param name="SequenceNumber">Its place in the stream.</param>
/// <param name="Image">The item in DynamoDB's JSON; null when the letter does not carry it.</param>
internal sealed record RawRecord(string Table, string From, string Id, string SequenceNumber, JsonElement? Image);
