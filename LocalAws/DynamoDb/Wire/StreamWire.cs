using System.Text.Json;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Streams;
using LocalAws.Protocols;

namespace LocalAws.DynamoDb.Wire;

/// <summary>The operations of the Streams API.</summary>
internal sealed class StreamWire(DynamoDbEngine engine)
{
    private const int MaxShards = 100;
    private const int MaxStreams = 100;

    public IReadOnlyList<AwsOperation> Operations =>
    [
        DynamoDbProtocol.Tables("ListStreams", ListStreams),
        DynamoDbProtocol.Tables("DescribeStream", DescribeStream),
        DynamoDbProtocol.Tables("GetShardIterator", GetShardIterator),
        DynamoDbProtocol.Tables("GetRecords", GetRecords),
    ];

    private Action<Utf8JsonWriter> ListStreams(TableRequest request)
    {
        TableRequest list = request.Only("TableName", "Limit", "ExclusiveStartStreamArn");
        string? table = list.Text("TableName");
        string? start = list.Text("ExclusiveStartStreamArn");
        int limit = Limit(list, MaxStreams);
        TableStream[] streams = [.. engine.Streams.All.Where(s => (table is null || s.TableName == table) && string.CompareOrdinal(s.StreamArn, start) > 0)];
        return writer =>
        {
            writer.WriteStartArray("Streams");
            foreach (TableStream stream in streams.Take(limit))
            {
                writer.WriteStartObject();
                WriteName(writer, stream);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (streams.Length > limit)
            {
                writer.WriteString("LastEvaluatedStreamArn", streams[limit - 1].StreamArn);
            }
        };
    }

    private Action<Utf8JsonWriter> DescribeStream(TableRequest request)
    {
        TableRequest describe = request.Only("StreamArn", "Limit", "ExclusiveStartShardId", "ShardFilter");
        TableStream stream = engine.Streams.Get(Required(describe, "StreamArn"));
        int limit = Limit(describe, MaxShards);
        Shard[] shards = [.. ShardsOf(stream, describe)];
        return writer =>
        {
            writer.WriteStartObject("StreamDescription");
            WriteName(writer, stream);
            writer.WriteString("StreamStatus", stream.IsEnabled ? "ENABLED" : "DISABLED");
            writer.WriteString("StreamViewType", stream.ViewType);
            writer.WriteTime("CreationRequestDateTime", stream.CreatedAt);
            writer.WriteKeySchema(stream.Keys);
            writer.WriteStartArray("Shards");
            foreach (Shard shard in shards.Take(limit))
            {
                WriteShard(writer, shard);
            }

            writer.WriteEndArray();
            if (shards.Length > limit)
            {
                writer.WriteString("LastEvaluatedShardId", shards[limit - 1].Id);
            }

            writer.WriteEndObject();
        };
    }

    private Action<Utf8JsonWriter> GetShardIterator(TableRequest request)
    {
        TableRequest get = request.Only("StreamArn", "ShardId", "ShardIteratorType", "SequenceNumber");
        TableStream stream = engine.Streams.Get(Required(get, "StreamArn"));
        string type = Required(get, "ShardIteratorType");
        string? number = get.Text("SequenceNumber");
        ShardIterator iterator = stream.IteratorAt(Required(get, "ShardId"), new ShardPosition(type, number));
        return writer => writer.WriteString("ShardIterator", iterator.ToString());
    }

    private Action<Utf8JsonWriter> GetRecords(TableRequest request)
    {
        TableRequest get = request.Only("ShardIterator", "Limit");
        ShardIterator iterator = ShardIterator.Parse(Required(get, "ShardIterator"));
        (IReadOnlyList<StreamRecord> records, ShardIterator? next) = engine.Streams.Get(iterator.StreamArn).Read(iterator, Limit(get, TableStream.MaxPageRecords));
        return writer =>
        {
            writer.WriteStartArray("Records");
            foreach (StreamRecord record in records)
            {
                record.WriteApiForm(writer);
            }

            writer.WriteEndArray();
            if (next is not null)
            {
                writer.WriteString("NextShardIterator", next.ToString());
            }
        };
    }

    private static IEnumerable<Shard> ShardsOf(TableStream stream, TableRequest describe)
    {
        IEnumerable<Shard> shards = stream.Shards();
        if (describe.Structure("ShardFilter")?.Only("Type", "ShardId") is { } filter)
        {
            string type = Required(filter, "Type");
            new Constraints().OneOf(type, "shardFilter.type", ["CHILD_SHARDS"]).Enforce();
            string parent = Required(filter, "ShardId");
            shards = shards.Where(s => s.ParentId == parent);
        }

        return describe.Text("ExclusiveStartShardId") is { } start ? shards.SkipWhile(s => s.Id != start).Skip(1) : shards;
    }

    private static void WriteName(Utf8JsonWriter writer, TableStream stream)
    {
        writer.WriteString("StreamArn", stream.StreamArn);
        writer.WriteString("TableName", stream.TableName);
        writer.WriteString("StreamLabel", stream.StreamLabel);
    }

    private static void WriteShard(Utf8JsonWriter writer, Shard shard)
    {
        writer.WriteStartObject();
        writer.WriteString("ShardId", shard.Id);
        writer.WriteStartObject("SequenceNumberRange");
        writer.WriteString("StartingSequenceNumber", SequenceNumber.Format(shard.First));
        if (shard.Last is { } last)
        {
            writer.WriteString("EndingSequenceNumber", SequenceNumber.Format(last));
        }

        writer.WriteEndObject();
        if (shard.ParentId is not null)
        {
            writer.WriteString("ParentShardId", shard.ParentId);
        }

        writer.WriteEndObject();
    }

    private static string Required(TableRequest request, string member)
    {
        string? value = request.Text(member);
        new Constraints().Required(value, char.ToLowerInvariant(member[0]) + member[1..]).Enforce();
        return value!;
    }

    private static int Limit(TableRequest request, int maximum)
    {
        long? limit = request.Number("Limit");
        new Constraints().AtLeast(limit, "limit", 1).AtMost(limit, "limit", maximum).Enforce();
        return (int)(limit ?? maximum);
    }
}
