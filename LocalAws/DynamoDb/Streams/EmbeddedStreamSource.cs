using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Streams;

/// <summary>The streams of an embedded engine, without the way over HTTP.</summary>
/// <param name="engine">The engine.</param>
public sealed class EmbeddedStreamSource(DynamoDbEngine engine) : IStreamSource
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamShard>> ListShardsAsync(string streamArn, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<StreamShard>>(() => [.. engine.Streams.Get(streamArn).Shards().Select(s => new StreamShard(s.Id, s.ParentId))], cancellationToken);

    /// <inheritdoc/>
    public Task<string> GetShardIteratorAsync(string streamArn, string shardId, ShardPosition position, CancellationToken cancellationToken) =>
        Answer(() => engine.Streams.Get(streamArn).IteratorAt(shardId, position).ToString(), cancellationToken);

    /// <inheritdoc/>
    public Task<StreamPage> GetRecordsAsync(string shardIterator, int limit, CancellationToken cancellationToken) =>
        Answer(() => Read(ShardIterator.Parse(shardIterator), limit), cancellationToken);

    private StreamPage Read(ShardIterator iterator, int limit)
    {
        (IReadOnlyList<StreamRecord> records, ShardIterator? next) = engine.Streams.Get(iterator.StreamArn).Read(iterator, limit);
        return new StreamPage([.. records.Select(r => r.Entry)], next?.ToString());
    }

    /// <summary>The answer is there at once, but an error must arrive by the task, as from any other source.</summary>
    private static Task<T> Answer<T>(Func<T> answer, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return Task.FromResult(answer());
        }
        catch (AwsException e)
        {
            return Task.FromException<T>(e);
        }
    }
}
