using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Joining;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>What is joined, and how large an aggregated event may be.</summary>
/// <param name="Joining">The contact centre's settings.</param>
/// <param name="MaxEventBytes">
/// Greatest size of an aggregated event. One with a single message that is no text may be larger, for such a message cannot be cut.
/// </param>
internal sealed record AggregationRule(JoiningSettings Joining, int MaxEventBytes)
{
    /// <summary>240 KB: the event becomes an attribute of an outbox item, which DynamoDB limits to 400 KB.</summary>
    public const int DefaultMaxEventBytes = 240 * 1024;

    /// <summary>Whether texts are joined here, and not where they are let go: then each message bears the moment at which it came.</summary>
    public bool Joins { get; init; } = true;

    /// <summary>Whether a window ends a burst: what it cannot join itself is let go without waiting for the customer.</summary>
    public bool EndsWithWindow { get; init; } = true;

    /// <summary>What is edited or deleted must not have been joined before.</summary>
    public AggregationRule WithCorrections() => this with { Joins = false };

    /// <summary>What stands between two joined texts, as JSON spells it.</summary>
    public JsonEncodedText Separator { get; } = JsonEncodedText.Encode(Joining.Separator, ReadableJson.Encoder);

    public int SeparatorBytes => Separator.EncodedUtf8Bytes.Length;
}
