using System.Globalization;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Streams;

/// <summary>
/// The stream of a table. Changes of one partition key stay in order in one lineage of shards; records live for 24 hours, also after the stream
/// was switched off or its table deleted.
/// </summary>
internal sealed class TableStream
{
    /// <summary>The most records of one page.</summary>
    public const int MaxPageRecords = 1000;

    private const int MaxPageBytes = 1024 * 1024;

    private static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    private static readonly string[] IteratorTypes = ["AFTER_SEQUENCE_NUMBER", "LATEST", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"];

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly List<Shard> _shards;
    private DateTimeOffset? _disabledAt;
    private ulong _next = 1;
    private int _shardsMade;

    public TableStream(AwsAccount account, TableDescription table, string viewType, int shardCount, TimeProvider time)
    {
        _time = time;
        CreatedAt = time.GetUtcNow();
        TableName = table.TableName;
        Keys = table.Keys;
        ViewType = viewType;
        Region = account.Region;
        StreamLabel = LabelAfter(table.LatestStreamLabel);
        StreamArn = $"{table.TableArn}/stream/{StreamLabel}";
        _shards = [.. HashRange.Parts(shardCount).Select(h => NewShard(null, h))];
    }

    public string StreamArn { get; }

    public string StreamLabel { get; }

    public string TableName { get; }

    public KeySchema Keys { get; }

    public string ViewType { get; }

    public string Region { get; }

    public DateTimeOffset CreatedAt { get; }

    public bool IsEnabled => _disabledAt is null;

    /// <summary>Whether nothing is left of it: off, and the last record trimmed.</summary>
    public bool IsGone => _disabledAt + Retention <= _time.GetUtcNow();

    /// <summary>Records a change; a stream that was disabled records none.</summary>
    public void Append(ItemChange change)
    {
        lock (_lock)
        {
            uint hash = PartitionHash.Of(change.PartitionKey);
            _shards.Find(s => s.Last is null && s.Hashes.Contains(hash))?.Append(new StreamRecord(this, _next++, change));
        }
    }

    /// <summary>Ends the stream: its shards are closed, what they hold stays readable.</summary>
    public void Disable()
    {
        lock (_lock)
        {
            _disabledAt = _time.GetUtcNow();
            _shards.ForEach(Close_NeedsLock);
        }
    }

    /// <summary>Closes a shard and opens two children that share its partition keys.</summary>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>: there is no such open shard.</exception>
    public void Split(string shardId)
    {
        lock (_lock)
        {
            Shard parent = Find_NeedsLock(shardId);
            if (parent.Last is not null)
            {
                throw DynamoDbError.ResourceNotFound($"The shard {shardId} is closed already; only an open shard can be split.");
            }

            Close_NeedsLock(parent);
            (HashRange lower, HashRange upper) = parent.Hashes.Split();
            _shards.Add(NewShard(parent.Id, lower));
            _shards.Add(NewShard(parent.Id, upper));
        }
    }

    /// <summary>All shards that hold or will hold records, parents before children.</summary>
    public IReadOnlyList<Shard> Shards()
    {
        lock (_lock)
        {
            Trim_NeedsLock();
            return [.. _shards];
        }
    }

    /// <summary>Where an iterator of this kind begins.</summary>
    public ShardIterator IteratorAt(string shardId, ShardPosition position)
    {
        lock (_lock)
        {
            Trim_NeedsLock();
            Shard shard = Find_NeedsLock(shardId);
            Check(position);
            ulong from = position.Type switch
            {
                "TRIM_HORIZON" => shard.Horizon,
                "LATEST" => _next,
                _ => Numbered(shard, position),
            };
            return new ShardIterator(StreamArn, shardId, from, _time.GetUtcNow());
        }
    }

    /// <summary>The next page, and the iterator after it: null once the shard is closed and drained.</summary>
    /// <exception cref="AwsException"><c>ExpiredIteratorException</c> or <c>TrimmedDataAccessException</c>.</exception>
    public (IReadOnlyList<StreamRecord> Records, ShardIterator? Next) Read(ShardIterator iterator, int limit)
    {
        lock (_lock)
        {
            DateTimeOffset now = _time.GetUtcNow();
            if (now - iterator.IssuedAt > ShardIterator.Lifetime)
            {
                throw new AwsException("ExpiredIteratorException", $"Iterator expired. The iterator was created at time {iterator.IssuedAt:u} while right now it is {now:u}, which is further in the future than the tolerated delay of 15 minutes.");
            }

            Trim_NeedsLock();
            Shard shard = Find_NeedsLock(iterator.ShardId);
            CheckNotTrimmed(shard, iterator.Position);
            List<StreamRecord> page = shard.Read(iterator.Position, limit, MaxPageBytes);
            ulong next = page.Count > 0 ? page[^1].Number + 1 : iterator.Position;
            bool drained = shard.Last is { } last && (next > last || shard.Read(next, 1, MaxPageBytes).Count == 0);
            return (page, drained ? null : new ShardIterator(StreamArn, shard.Id, next, now));
        }
    }

    /// <summary>Drops all records; shards, numbering and iterators go on.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _shards.ForEach(s => s.Clear());
        }
    }

    private Shard NewShard(string? parentId, HashRange hashes)
    {
        long time = _time.GetUtcNow().ToUnixTimeMilliseconds();
        string id = string.Create(CultureInfo.InvariantCulture, $"shardId-{time:D20}-{_shardsMade++:x8}");
        return new Shard(id, parentId, hashes, _next);
    }

    private void Close_NeedsLock(Shard shard)
    {
        if (shard.Last is null)
        {
            shard.Close(_next++, _time.GetUtcNow());
        }
    }

    private void Trim_NeedsLock()
    {
        DateTimeOffset horizon = _time.GetUtcNow() - Retention;
        _shards.ForEach(s => s.Trim(horizon));
        _shards.RemoveAll(s => s.ClosedAt <= horizon);
    }

    private Shard Find_NeedsLock(string shardId) =>
        _shards.Find(s => s.Id == shardId)
        ?? throw DynamoDbError.ResourceNotFound("Shard does not exist");

    private static void Check(ShardPosition position)
    {
        new Constraints()
            .OneOf(position.Type, "shardIteratorType", IteratorTypes)
            .Length(position.SequenceNumber?.Length, position.SequenceNumber ?? "", "sequenceNumber", 21, 40)
            .Enforce();
        if (position is { SequenceNumber: not null, Type: "LATEST" or "TRIM_HORIZON" })
        {
            throw DynamoDbError.InvalidParameter("SequenceNumber should not be passed for this iterator type");
        }
    }

    private static ulong Numbered(Shard shard, ShardPosition position)
    {
        if (SequenceNumber.Parse(position.SequenceNumber) is not { } number || number < shard.First || number > (shard.Last ?? ulong.MaxValue))
        {
            throw DynamoDbError.InvalidParameter("Invalid SequenceNumber");
        }

        CheckNotTrimmed(shard, number);
        return position.Type == "AFTER_SEQUENCE_NUMBER" ? number + 1 : number;
    }

    private static void CheckNotTrimmed(Shard shard, ulong position)
    {
        if (position < shard.Horizon)
        {
            throw new AwsException(
                "TrimmedDataAccessException",
                $"The operation tried to access data before the trim horizon: shard {shard.Id} begins with {SequenceNumber.Format(shard.Horizon)} now. Begin again at TRIM_HORIZON.");
        }
    }

    /// <summary>The creation time as a label; a millisecond later than the table's last one if both were made in the same.</summary>
    private string LabelAfter(string? last)
    {
        const string Format = "yyyy-MM-ddTHH:mm:ss.fff";
        string label = CreatedAt.ToString(Format, CultureInfo.InvariantCulture);
        return string.CompareOrdinal(label, last) > 0
            ? label
            : DateTimeOffset.ParseExact(last!, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                .AddMilliseconds(1).ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture);
    }
}
