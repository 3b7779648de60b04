using System.Globalization;
using LocalAws.Connect;

namespace LocalAws.ConnectParticipant;

/// <summary>Which page of a transcript is wanted.</summary>
/// <param name="MaxResults">0 to 100; 10 when null or 0.</param>
/// <param name="ScanDirection"><c>FORWARD</c> or <c>BACKWARD</c>; when null BACKWARD, or FORWARD from a start position.</param>
/// <param name="SortOrder"><c>ASCENDING</c> or <c>DESCENDING</c> (when null) within the page.</param>
/// <param name="NextToken">From the page before, or null.</param>
/// <param name="ContactId">This chat's id, or null.</param>
public sealed record TranscriptQuery(
    int? MaxResults = null, string? ScanDirection = null, string? SortOrder = null, string? NextToken = null, string? ContactId = null)
{
    /// <summary>Begin at the item of this id, or null.</summary>
    public string? StartId { get; init; }

    /// <summary>Begin at this time, or null.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Begin this many items before the end, or null.</summary>
    public int? MostRecent { get; init; }
}

/// <summary>A page of a transcript.</summary>
/// <param name="InitialContactId">The chat.</param>
/// <param name="Items">The items, in the wanted order.</param>
/// <param name="NextToken">Leads to the next page; null when there is none.</param>
public sealed record TranscriptPage(string InitialContactId, IReadOnlyList<TranscriptItem> Items, string? NextToken)
{
    private const int DefaultSize = 10;

    internal static TranscriptPage Of(string contactId, IReadOnlyList<TranscriptItem> transcript, TranscriptQuery query)
    {
        ParticipantError.Check.OneOf(query.ScanDirection, "scanDirection", "FORWARD", "BACKWARD");
        ParticipantError.Check.OneOf(query.SortOrder, "sortOrder", "ASCENDING", "DESCENDING");
        int size = query.MaxResults is > 0 and { } wanted ? wanted : DefaultSize;
        bool isForward = query.ScanDirection is { } direction ? direction == "FORWARD" : query is not { StartId: null, StartTime: null, MostRecent: null };
        int start = StartOf(transcript, query, isForward);
        (int from, int to) = isForward ? (start, Math.Min(start + size, transcript.Count)) : (Math.Max(0, start - size + 1), start + 1);
        IEnumerable<TranscriptItem> items = transcript.Skip(from).Take(to - from);
        bool hasMore = isForward ? to < transcript.Count : from > 0;
        return new TranscriptPage(
            contactId,
            [.. query.SortOrder == "ASCENDING" ? items : items.Reverse()],
            hasMore ? (isForward ? to : from - 1).ToString(CultureInfo.InvariantCulture) : null);
    }

    private static int StartOf(IReadOnlyList<TranscriptItem> transcript, TranscriptQuery query, bool isForward) => query switch
    {
        { NextToken: { } token } => int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < transcript.Count
            ? index
            : throw ParticipantError.Validation("NextToken is not one that GetTranscript has answered for this chat."),
        { StartId: { } id } => Index(transcript, item => item.Id == id) is >= 0 and { } index
            ? index
            : throw ParticipantError.Validation("StartPosition.Id names no item of this chat."),
        { StartTime: { } time } when isForward => Index(transcript, item => item.Time >= time) is >= 0 and { } index ? index : transcript.Count,
        { StartTime: { } time } => transcript.Count(item => item.Time <= time) - 1,
        { MostRecent: { } count } => Math.Clamp(transcript.Count - count, 0, Math.Max(0, transcript.Count - 1)),
        _ => isForward ? 0 : transcript.Count - 1,
    };

    private static int Index(IReadOnlyList<TranscriptItem> transcript, Predicate<TranscriptItem> match)
    {
        for (int i = 0; i < transcript.Count; i++)
        {
            if (match(transcript[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
