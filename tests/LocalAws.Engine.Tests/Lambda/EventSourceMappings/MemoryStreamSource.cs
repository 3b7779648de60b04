using System.Globalization;
using System.Text;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

/// <summary>A stream in memory: shards with records, iterators that are their positions.</summary>
internal sealed class MemoryStreamSource(TimeProvider clock) : IStreamSource
{
    public const string Arn = "arn:aws:dynamodb:us-east-1:123456789012:table/raw/stream/2026-11-22T00:00:00.000";

    private readonly List<Shard> _shards = [];
    private readonly List<string> _others = [];
    private int _sequence;
    private int _expired;

    /// <summary>The next reads throw this, once each.</summary>
    public Queue<AwsException> ReadErrors { get; } = [];

    /// <summary>Listing the shards throws this while it is set.</summary>
    public AwsException? ListError { get; set; }

    /// <summary>Times of all reads.</summary>
    public List<DateTimeOffset> Reads { get; } = [];

    public void AddShard(string id, string? parent = null) => _shards.Add(new Shard(new StreamShard(id, parent)));

    /// <summary>Another stream, in which nothing ever is; answers its ARN.</summary>
    public string AddStream(string table)
    {
        _others.Add(Arn.Replace("/raw/", $"/{table}/", StringComparison.Ordinal));
        return _others[^1];
    }

    /// <summary>All iterators given so far expire.</summary>
    public void ExpireIterators() => _expired++;

    public void Close(string id) => Find(id).Closed = true;

    /// <summary>Writes a record now, or with a creation time of its own; answers its sequence number.</summary>
    public string Write(string key, string shardId = "shard-1", DateTimeOffset? createdAt = null, int padding = 0)
    {
        string sequenceNumber = (100_000 + ++_sequence).ToString(CultureInfo.InvariantCulture);
        DateTimeOffset created = DateTimeOffset.FromUnixTimeSeconds((createdAt ?? clock.GetUtcNow()).ToUnixTimeSeconds());
        string json =
            $$$"""{"eventID":"{{{sequenceNumber}}}","eventName":"INSERT","dynamodb":{"Keys":{"id":{"S":"{{{key}}}"}},"Pad":"{{{new string('x', padding)}}}","SequenceNumber":"{{{sequenceNumber}}}"}}""";
        Find(shardId).Records.Add(new StreamEntry(sequenceNumber, created, Encoding.UTF8.GetBytes(json)));
        return sequenceNumber;
    }

    public Task<IReadOnlyList<StreamShard>> ListShardsAsync(string streamArn, CancellationToken cancellationToken) =>
        ListError is not null ? throw ListError
        : _others.Contains(streamArn) ? Task.FromResult<IReadOnlyList<StreamShard>>([])
        : streamArn == Arn
            ? Task.FromResult<IReadOnlyList<StreamShard>>([.. _shards.Select(s => s.Description)])
            : throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Stream: {streamArn} not found");

    public Task<string> GetShardIteratorAsync(string streamArn, string shardId, ShardPosition position, CancellationToken cancellationToken)
    {
        Shard shard = Find(shardId);
        int index = position.Type switch
        {
            "TRIM_HORIZON" => 0,
            "LATEST" => shard.Records.Count,
            "AFTER_SEQUENCE_NUMBER" => shard.Records.FindIndex(r => r.SequenceNumber == position.SequenceNumber) + 1,
            _ => throw new ArgumentException(position.Type),
        };
        return Task.FromResult($"{shardId}|{index}|{_expired}");
    }

    public Task<StreamPage> GetRecordsAsync(string shardIterator, int limit, CancellationToken cancellationToken)
    {
        Reads.Add(clock.GetUtcNow());
        if (ReadErrors.TryDequeue(out AwsException? error))
        {
            throw error;
        }

        string[] parts = shardIterator.Split('|');
        if (parts[2] != _expired.ToString(CultureInfo.InvariantCulture))
        {
            throw new AwsException("ExpiredIteratorException", "The shard iterator has expired.");
        }

        Shard shard = Find(parts[0]);
        int from = int.Parse(parts[1], CultureInfo.InvariantCulture);
        StreamEntry[] page = [.. shard.Records.Skip(from).Take(limit)];
        int next = from + page.Length;
        return Task.FromResult(new StreamPage(page, shard.Closed && next == shard.Records.Count ? null : $"{parts[0]}|{next}|{_expired}"));
    }

    private Shard Find(string id) => _shards.Single(s => s.Description.ShardId == id);

    private sealed class Shard(StreamShard description)
    {
        public StreamShard Description => description;

        public List<StreamEntry> Records { get; } = [];

        public bool Closed { get; set; }
    }
}
