using System.Text.Json;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings.Filters;

namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>Reads one shard page by page, at most four times a second, filters it, and renews iterators that expired.</summary>
internal sealed class ShardReader(IStreamSource streams, string streamArn, string shardId, ShardStart start, IReadOnlyList<FilterPattern> filters, TimeProvider clock)
{
    private const int PageSize = 1000;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ErrorPause = TimeSpan.FromSeconds(1);

    private string? _iterator = start.Iterator;
    private ShardPosition _position = start.Position;

    /// <summary>When the next page may be read.</summary>
    public DateTimeOffset NextPollAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Why the last read failed; null when it did not.</summary>
    public string? LastError { get; private set; }

    /// <summary>Reads the next page into the shard's lanes.</summary>
    public async Task PollAsync(ShardLanes lanes, CancellationToken cancellationToken)
    {
        DateTimeOffset startedAt = clock.GetUtcNow();
        NextPollAt = startedAt + PollInterval;
        try
        {
            _iterator ??= await streams.GetShardIteratorAsync(streamArn, shardId, _position, cancellationToken);
            StreamPage page = await streams.GetRecordsAsync(_iterator, PageSize, cancellationToken);
            LastError = null;
            Accept(page, lanes, startedAt);
        }
        catch (AwsException e) when (e.Code is "ExpiredIteratorException")
        {
            _iterator = null;
        }
        catch (AwsException e) when (e.Code is "TrimmedDataAccessException")
        {
            (_iterator, _position) = (null, new ShardPosition("TRIM_HORIZON"));
        }
#pragma warning disable CA1031 // Another home of DynamoDB may fail in any way; a mapping then reports it and reads on later, it never stops.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LastError = $"Reading the stream failed: {e.Message}";
            NextPollAt = startedAt + ErrorPause;
        }
    }

    private void Accept(StreamPage page, ShardLanes lanes, DateTimeOffset startedAt)
    {
        bool full = page.Records.Count == PageSize;
        if (page.Records.Count > 0)
        {
            _position = new ShardPosition("AFTER_SEQUENCE_NUMBER", page.Records[^1].SequenceNumber);
            NextPollAt = full ? startedAt : NextPollAt;
        }

        lanes.Read(filters.Count == 0 ? page.Records : [.. page.Records.Where(Passes)], !full, startedAt, clock.GetUtcNow());
        _iterator = page.NextShardIterator;
        if (_iterator is null)
        {
            lanes.EndOfShard();
        }
    }

    private bool Passes(StreamEntry record)
    {
        using JsonDocument json = ForeignJson.Document(record.Json);
        return filters.Any(f => f.Matches(json.RootElement));
    }
}

/// <summary>Where the reading of a shard begins.</summary>
/// <param name="Position">The position.</param>
/// <param name="Iterator">An iterator taken earlier for it, or null to take one with the first read.</param>
internal sealed record ShardStart(ShardPosition Position, string? Iterator = null);
