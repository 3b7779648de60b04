using System.Text.Json;
using LocalAws.DynamoDb.Operations;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;
using LocalAws.Protocols;

namespace LocalAws.DynamoDb.Wire;

/// <summary>Batches and transactions.</summary>
internal sealed class BatchWire(DynamoDbEngine engine)
{
    public IReadOnlyList<AwsOperation> Operations =>
    [
        DynamoDbProtocol.Items("BatchGetItem", BatchRequest.ReadGet, BatchGetItem),
        DynamoDbProtocol.Items("BatchWriteItem", BatchRequest.ReadWrite, BatchWriteItem),
        DynamoDbProtocol.Items(
            "TransactWriteItems", (ref Utf8JsonReader json) => TransactRequest.Read(ref json, "TransactWriteItems", "ConditionCheck", "Put", "Update", "Delete"), TransactWriteItems),
        DynamoDbProtocol.Items("TransactGetItems", (ref Utf8JsonReader json) => TransactRequest.Read(ref json, "TransactGetItems", "Get"), TransactGetItems),
    ];

    private Action<Utf8JsonWriter> BatchGetItem(BatchRequest batch)
    {
        BatchGetResult result = engine.Batches.Get(batch);
        return writer =>
        {
            writer.WriteStartObject("Responses");
            foreach ((string table, IReadOnlyList<AttributeMap> items) in result.Items)
            {
                WriteList(writer, table, items);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("UnprocessedKeys");
            foreach ((string table, (ItemRequest read, IReadOnlyList<AttributeMap> keys)) in result.UnprocessedKeys)
            {
                WriteUnprocessed(writer, table, read, keys);
            }

            writer.WriteEndObject();
            writer.WriteConsumed(batch.ReturnConsumedCapacity, result.Consumed);
        };
    }

    private Action<Utf8JsonWriter> BatchWriteItem(BatchRequest batch)
    {
        IReadOnlyList<ConsumedCapacity> consumed = engine.Batches.Write(batch);
        return writer =>
        {
            writer.WriteStartObject("UnprocessedItems");
            writer.WriteEndObject();
            writer.WriteConsumed(batch.ReturnConsumedCapacity, consumed);
        };
    }

    private Action<Utf8JsonWriter> TransactWriteItems(TransactRequest transaction, ReadOnlyMemory<byte> body)
    {
        IReadOnlyList<ConsumedCapacity> consumed = engine.Transactions.Write(transaction, body);
        return writer => writer.WriteConsumed(transaction.ReturnConsumedCapacity, consumed);
    }

    private Action<Utf8JsonWriter> TransactGetItems(TransactRequest transaction)
    {
        (IReadOnlyList<AttributeMap?> items, IReadOnlyList<ConsumedCapacity> consumed) = engine.Transactions.Get(transaction);
        return writer =>
        {
            writer.WriteStartArray("Responses");
            foreach (AttributeMap? item in items)
            {
                writer.WriteStartObject();
                if (item is not null)
                {
                    writer.WriteAttributes("Item", item);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteConsumed(transaction.ReturnConsumedCapacity, consumed);
        };
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<AttributeMap> maps)
    {
        writer.WriteStartArray(name);
        foreach (AttributeMap map in maps)
        {
            writer.WriteAttributes(map);
        }

        writer.WriteEndArray();
    }

    private static void WriteUnprocessed(Utf8JsonWriter writer, string table, ItemRequest read, IReadOnlyList<AttributeMap> keys)
    {
        writer.WriteStartObject(table);
        WriteList(writer, "Keys", keys);
        writer.WriteBoolean("ConsistentRead", read.ConsistentRead);
        if (read.ProjectionExpression is not null)
        {
            writer.WriteString("ProjectionExpression", read.ProjectionExpression);
        }

        if (read.ExpressionAttributeNames is not null)
        {
            writer.WriteStartObject("ExpressionAttributeNames");
            foreach ((string placeholder, string name) in read.ExpressionAttributeNames)
            {
                writer.WriteString(placeholder, name);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
