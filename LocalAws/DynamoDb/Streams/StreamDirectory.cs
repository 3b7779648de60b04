using System.Collections.Concurrent;

namespace LocalAws.DynamoDb.Streams;

/// <summary>All streams by ARN, those of switched-off streams and deleted tables too while they hold records.</summary>
internal sealed class StreamDirectory
{
    private readonly ConcurrentDictionary<string, TableStream> _streams = new(StringComparer.Ordinal);

    /// <summary>All streams, by ARN.</summary>
    public IReadOnlyList<TableStream> All
    {
        get
        {
            foreach (TableStream gone in _streams.Values.Where(s => s.IsGone))
            {
                _streams.TryRemove(gone.StreamArn, out _);
            }

            return [.. _streams.Values.OrderBy(s => s.StreamArn, StringComparer.Ordinal)];
        }
    }

    public void Add(TableStream stream) => _streams[stream.StreamArn] = stream;

    /// <exception cref="Endpoint.AwsException"><c>ResourceNotFoundException</c>: there is no such stream.</exception>
    public TableStream Get(string streamArn) =>
        _streams.TryGetValue(streamArn, out TableStream? stream) && !stream.IsGone
            ? stream
            : throw DynamoDbError.ResourceNotFound($"Requested resource not found: Stream: {streamArn} not found");

    public void Clear() => _streams.Clear();
}
