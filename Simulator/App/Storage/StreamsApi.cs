using Amazon.DynamoDBStreams;
using Amazon.DynamoDBStreams.Model;
using Amazon.Runtime;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;

namespace WhatsAppBuffer.Simulator.App.Storage;

/// <summary>The streams of any home, through the DynamoDB Streams API.</summary>
/// <param name="client">The home's client, disposed with this.</param>
internal sealed class StreamsApi(IAmazonDynamoDBStreams client) : IStreamSource, IAsyncDisposable
{
    public async Task<IReadOnlyList<StreamShard>> ListShardsAsync(string streamArn, CancellationToken cancellationToken)
    {
        var shards = new List<StreamShard>();
        string? last = null;
        do
        {
            var request = new DescribeStreamRequest { StreamArn = streamArn, ExclusiveStartShardId = last };
            StreamDescription page = (await CallAsync(() => client.DescribeStreamAsync(request, cancellationToken))).StreamDescription;
            shards.AddRange((page.Shards ?? []).Select(s => new StreamShard(s.ShardId, s.ParentShardId)));
            last = page.LastEvaluatedShardId;
        }
        while (last is not null);
        return ParentsFirst(shards);
    }

    public async Task<string> GetShardIteratorAsync(string streamArn, string shardId, ShardPosition position, CancellationToken cancellationToken)
    {
        var request = new GetShardIteratorRequest
        {
            StreamArn = streamArn,
            ShardId = shardId,
            ShardIteratorType = new ShardIteratorType(position.Type),
            SequenceNumber = position.SequenceNumber,
        };
        return OwnIterator(streamArn, (await CallAsync(() => client.GetShardIteratorAsync(request, cancellationToken))).ShardIterator);
    }

    public async Task<StreamPage> GetRecordsAsync(string shardIterator, int limit, CancellationToken cancellationToken)
    {
        string[] parts = shardIterator.Split(' ', 2);
        string streamArn = parts[0];
        var request = new GetRecordsRequest { ShardIterator = parts[1], Limit = limit };
        GetRecordsResponse page = await CallAsync(() => client.GetRecordsAsync(request, cancellationToken));
        return new StreamPage([.. (page.Records ?? []).Select(r => StreamEvents.EntryOf(r, streamArn))], page.NextShardIterator is { } next ? OwnIterator(streamArn, next) : null);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Records do not say which stream they are of, so the iterator does.</summary>
    private static string OwnIterator(string streamArn, string iterator) => $"{streamArn} {iterator}";

    private static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException e) when (e.ErrorCode is not null)
        {
            throw new AwsException(e.ErrorCode, e.Message, (int)e.StatusCode);
        }
    }

    private static List<StreamShard> ParentsFirst(List<StreamShard> shards)
    {
        var ordered = new List<StreamShard>();
        var ids = shards.Select(s => s.ShardId).ToHashSet();
        for (List<StreamShard> ready; ids.Count > 0; ordered.AddRange(ready))
        {
            ready = shards.FindAll(s => ids.Contains(s.ShardId) && (s.ParentShardId is null || !ids.Contains(s.ParentShardId)));
            ids.ExceptWith(ready.Select(s => s.ShardId));
        }

        return ordered;
    }
}
