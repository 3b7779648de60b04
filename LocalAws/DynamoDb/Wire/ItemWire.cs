using System.Text.Json;
using LocalAws.DynamoDb.Operations;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Values;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Wire;

/// <summary>Operations on single items, Query and Scan.</summary>
internal sealed class ItemWire(DynamoDbEngine engine)
{
    public AwsResponse PutItem(AwsRequest request) => Write(Read(request, "PutItem"), engine.Writer.Put);

    public AwsResponse UpdateItem(AwsRequest request) => Write(Read(request, "UpdateItem"), engine.Writer.Update);

    public AwsResponse DeleteItem(AwsRequest request) => Write(Read(request, "DeleteItem"), engine.Writer.Delete);

    public AwsResponse GetItem(AwsRequest request)
    {
        ItemRequest read = Read(request, "GetItem");
        ReadResult result = engine.Reader.Get(read);
        return DynamoDbProtocol.Write(writer =>
        {
            if (result.Item is not null)
            {
                writer.WriteAttributes("Item", result.Item);
            }

            writer.WriteConsumed(read.ReturnConsumedCapacity, result.Consumed);
        });
    }

    public AwsResponse Query(AwsRequest request) => Search(Read(request, "Query"), engine.Searcher.Query);

    public AwsResponse Scan(AwsRequest request) => Search(Read(request, "Scan"), engine.Searcher.Scan);

    private static ItemRequest Read(AwsRequest request, string operation)
    {
        Utf8JsonReader json = DynamoDbProtocol.Open(request);
        ItemRequest read = ItemRequest.Read(ref json, operation);
        json.Read();
        return read;
    }

    private static AwsResponse Write(ItemRequest request, Func<ItemRequest, WriteResult> write)
    {
        WriteResult result = write(request);
        return DynamoDbProtocol.Write(writer =>
        {
            if (result.Attributes is not null)
            {
                writer.WriteAttributes("Attributes", result.Attributes);
            }

            writer.WriteConsumed(request.ReturnConsumedCapacity, result.Consumed);
        });
    }

    private static AwsResponse Search(ItemRequest request, Func<ItemRequest, SearchResult> search)
    {
        SearchResult result = search(request);
        return DynamoDbProtocol.Write(writer =>
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
        });
    }
}
