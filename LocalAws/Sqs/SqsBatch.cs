using System.Text.RegularExpressions;
using LocalAws.Endpoint;

namespace LocalAws.Sqs;

/// <summary>Up to ten entries in one call: the batch is refused as a whole, or each entry succeeds or fails on its own.</summary>
internal static partial class SqsBatch
{
    private const int MaxEntries = 10;

    /// <exception cref="AwsException">An error of the batch as a whole.</exception>
    public static void Check(IReadOnlyList<string?> ids)
    {
        if (ids.Count == 0)
        {
            throw new AwsException("EmptyBatchRequest", "There should be at least one entry in the request.");
        }

        if (ids.Count > MaxEntries)
        {
            throw new AwsException("TooManyEntriesInBatchRequest", $"Maximum number of entries per request are {MaxEntries}. You have sent {ids.Count}.");
        }

        if (!ids.All(id => id is not null && EntryId.IsMatch(id)))
        {
            throw new AwsException(
                "InvalidBatchEntryId", "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.");
        }

        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Count)
        {
            throw new AwsException("BatchEntryIdsNotDistinct", "Two or more batch entries have the same id.");
        }
    }

    /// <summary>Runs each entry and sorts the results from the failures.</summary>
    public static (List<TResult> Successful, List<BatchFailure> Failed) Run<TEntry, TResult>(
        IReadOnlyList<TEntry> entries, Func<TEntry, string?> idOf, Func<TEntry, TResult> run)
    {
        Check([.. entries.Select(idOf)]);
        List<TResult> successful = [];
        List<BatchFailure> failed = [];
        foreach (TEntry entry in entries)
        {
            try
            {
                successful.Add(run(entry));
            }
            catch (AwsException error)
            {
                failed.Add(new BatchFailure(idOf(entry)!, true, SqsError.QueryCode(error.Code), error.Message));
            }
        }

        return (successful, failed);
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}$")]
    private static partial Regex EntryId { get; }
}
