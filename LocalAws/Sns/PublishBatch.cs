using System.Text.RegularExpressions;
using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Sns;

/// <summary>One message of a batch.</summary>
internal sealed record PublishBatchEntry(string Id, DeliveryMessage Message, string? Subject, string? MessageStructure);

/// <summary>Up to ten messages in one call: the batch is refused as a whole, or each message succeeds or fails on its own.</summary>
/// <remarks>Source: SNS API reference, PublishBatch.</remarks>
internal static partial class PublishBatch
{
    private const int MaxEntries = 10;

    /// <exception cref="AwsException">An error of the batch as a whole.</exception>
    public static void Check(IReadOnlyList<PublishBatchEntry> entries, int maximumSize)
    {
        if (entries.Count == 0)
        {
            throw new AwsException("EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }

        if (entries.Count > MaxEntries)
        {
            throw new AwsException("TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
        }

        if (!entries.All(e => EntryId.IsMatch(e.Id)))
        {
            throw new AwsException("InvalidBatchEntryId", "The Id of a batch entry in a batch request doesn't abide by the specification.");
        }

        if (entries.DistinctBy(e => e.Id).Count() < entries.Count)
        {
            throw new AwsException("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
        }

        if (entries.Sum(e => (long)MessageRules.SizeOf(e.Message)) > maximumSize)
        {
            throw new AwsException("BatchRequestTooLong", "The length of all the batch messages put together is more than the limit.");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}$")]
    private static partial Regex EntryId { get; }
}
