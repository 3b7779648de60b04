namespace LocalAws.DynamoDb.Streams;

/// <summary>A DynamoDB stream as an event source mapping reads it; embedded, or any other home of DynamoDB through its API.</summary>
public interface IStreamSource
{
    /// <summary>All shards of a stream, parents before children.</summary>
    /// <param name="streamArn">The stream's ARN.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="Endpoint.AwsException"><c>ResourceNotFoundException</c>: there is no such stream.</exception>
    Task<IReadOnlyList<StreamShard>> ListShardsAsync(string streamArn, CancellationToken cancellationToken);

    /// <summary>An iterator at a position of a shard; valid for 15 minutes.</summary>
    /// <param name="streamArn">The stream's ARN.</param>
    /// <param name="shardId">The shard.</param>
    /// <param name="position">Where to begin.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<string> GetShardIteratorAsync(string streamArn, string shardId, ShardPosition position, CancellationToken cancellationToken);

    /// <summary>The next records of a shard, at most <paramref name="limit"/> and 1 MB; an empty page is no sign of the end.</summary>
    /// <param name="shardIterator">From <see cref="GetShardIteratorAsync"/> or the page before.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="Endpoint.AwsException"><c>ExpiredIteratorException</c> or <c>TrimmedDataAccessException</c>.</exception>
    Task<StreamPage> GetRecordsAsync(string shardIterator, int limit, CancellationToken cancellationToken);
}

/// <summary>One shard.</summary>
/// <param name="ShardId">Its id.</param>
/// <param name="ParentShardId">The shard it continues, or null.</param>
public sealed record StreamShard(string ShardId, string? ParentShardId);

/// <summary>Where an iterator begins.</summary>
/// <param name="Type"><c>TRIM_HORIZON</c>, <c>LATEST</c>, <c>AT_SEQUENCE_NUMBER</c> or <c>AFTER_SEQUENCE_NUMBER</c>.</param>
/// <param name="SequenceNumber">For the last two.</param>
public sealed record ShardPosition(string Type, string? SequenceNumber = null);

/// <summary>A page of a shard.</summary>
/// <param name="Records">The records, in order.</param>
/// <param name="NextShardIterator">Null once the shard is closed and drained.</param>
public sealed record StreamPage(IReadOnlyList<StreamEntry> Records, string? NextShardIterator);

/// <summary>One record of a stream.</summary>
/// <param name="SequenceNumber">Digits; grows within a shard and from parent to child.</param>
/// <param name="CreatedAt">ApproximateCreationDateTime: rounded down to the second.</param>
/// <param name="Json">
/// The record as a Lambda event carries it, UTF-8 JSON object with <c>eventID, eventName, eventVersion "1.1", eventSource "aws:dynamodb",
/// awsRegion, dynamodb{ApproximateCreationDateTime, Keys, NewImage, …}, eventSourceARN</c> and, for TTL deletions, <c>userIdentity</c>.
/// </param>
public sealed record StreamEntry(string SequenceNumber, DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Json);
