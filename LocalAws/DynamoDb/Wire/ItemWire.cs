using System.Text.Json;
using LocalAws.DynamoDb.Operations;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Values;
using LocalAws.Protocols;

namespace LocalAws.DynamoDb.Wire;

/// <summary>Operations on single items, Query and Scan.</summary>
internal sealed class ItemWire(DynamoDbEngine engine)
{
    public IReadOnlyList<AwsOperation> Operations =>
    [
        Of("PutItem", read => Write(read, engine.Writer.Put)),
        Of("UpdateItem", read => Write(read, engine.Writer.Update)),
        Of("DeleteItem", read => Write(read, engine.Writer.Delete)),
        Of("GetItem", GetItem),
        Of("Query", read => Search(read, engine.Searcher.Query)),
        Of("Scan", read => Search(read, engine.Searcher.Scan)),
    ];

    private static AwsOperation Of(string name, Func<ItemRequest, Action<Utf8JsonWriter>> run) =>
        DynamoDbProtocol.Items(name, (ref Utf8JsonReader json) => ItemRequest.Read(ref json, name), run);

    private Action<Utf8JsonWriter> GetItem(ItemRequest read)
    {
        ReadResult result = engine.Reader.Get(read);
        return writer =>
        {
            if (result.Item is not null)
            {
                writer.WriteAttributes("Item", result.Item);
            }

            writer.WriteConsumed(read.ReturnConsumedCapacity, result.Consumed);
        };
    }

    private static Action<Utf8JsonWriter> Write(ItemRequest request, Func<ItemRequest, WriteResult> write)
    {
        WriteResult result = write(request);
        return writer =>
        {
            if (result.Attributes is not null)
            {
                writer.WriteAttributes("Attributes", result.Attributes);
            }

            writer.WriteConsumed(request.ReturnConsumedCapacity, result.Consumed);
        };
    }

    private static Action<Utf8JsonWriter> Search(ItemRequest request, Func<ItemRequest, SearchResult> search)
    {
        SearchResult result = search(request);
        return writer =>
        {
            if (result.Items is not null)
            {
                writer.WriteStartArray("Items");
                foreach (AttributeMap item in result.Items)
                {
                    writer.WriteAttributes(item);
                }

                writer.WriteEndArray();
            }

            writer.WriteNumber("Count", result.Count);
            writer.WriteNumber("ScannedCount", result.ScannedCount);
            if (result.LastEvaluatedKey is not null)
            {
                writer.WriteAttributes("LastEvaluatedKey", result.LastEvaluatedKey);
            }

            writer.WriteConsumed(request.ReturnConsumedCapacity, result.Consumed);
        };
    }
}
