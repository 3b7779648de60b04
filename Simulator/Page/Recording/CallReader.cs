using System.Text.Json;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.Page.Recording;

/// <summary>Reads from the functions' calls of AWS what becomes of messages, for the <see cref="Ledger"/>.</summary>
/// <param name="ledger">Is told.</param>
/// <param name="rawMessages">Name of the table with the messages.</param>
internal sealed class CallReader(Ledger ledger, string rawMessages)
{
    /// <summary>A call that succeeded, or had its effect.</summary>
    /// <param name="call">The call.</param>
    /// <param name="now">What the clock shows.</param>
    /// <returns>Whether it told something.</returns>
    public bool Read(AwsCall call, DateTimeOffset now)
    {
        if (call.ErrorCode is not null && !call.IsAnswerLost)
        {
            return false;
        }

        switch (call.Service, call.Operation)
        {
            case ("dynamodb", "PutItem" or "UpdateItem" or "DeleteItem"):
                using (JsonDocument json = ForeignJson.Document(call.Request.Body))
                {
                    ReadWrite(call.Operation, json.RootElement, now);
                    return true;
                }

            case ("dynamodb", "TransactWriteItems"):
                using (JsonDocument json = ForeignJson.Document(call.Request.Body))
                {
                    ReadTransaction(json.RootElement, now);
                    return true;
                }

            case ("sqs", "SendMessage"):
                using (JsonDocument json = ForeignJson.Document(call.Request.Body))
                {
                    ReadLetter(json.RootElement);
                    return true;
                }

            default:
                return false;
        }
    }

    /// <summary>A batch that the mapping handed over.</summary>
    public void Read(BatchHandedOver batch)
    {
        var read = new RecordedBatch(batch.At, batch.ShardId, batch.Kind.ToString(), batch.Window?.End, batch.RequestId, batch.Error, "");
        ledger.HandedOver(
            [.. batch.Records.Select(record => (IdOf(record.Json), System.Text.Encoding.UTF8.GetString(record.Json.Span))).Where(record => record.Item1 is not null).Select(record => (record.Item1!, record.Item2))],
            read);
    }

    private static string? IdOf(ReadOnlyMemory<byte> record)
    {
        using JsonDocument json = ForeignJson.Document(record);
        return json.RootElement.TryGetProperty("dynamodb", out JsonElement change) && change.TryGetProperty("Keys", out JsonElement keys) ? Text(keys, Tables.RawMessages.SortKey) : null;
    }

    private void ReadTransaction(JsonElement call, DateTimeOffset now)
    {
        if (!call.TryGetProperty("TransactItems", out JsonElement items))
        {
            return;
        }

        List<(string Conversation, string SortKey)> removed = [];
        foreach (JsonProperty action in items.EnumerateArray().SelectMany(item => item.EnumerateObject()))
        {
            if (action.NameEquals("Delete") && Removal(action.Value) is { } removal)
            {
                removed.Add(removal);
            }
            else if (action.NameEquals("Put"))
            {
                ReadWrite("PutItem", action.Value, now);
            }
        }

        foreach (var conversation in removed.GroupBy(removal => removal.Conversation))
        {
            ledger.Removed(conversation.Key, [.. conversation.Select(removal => removal.SortKey)], now);
        }
    }

    private void ReadWrite(string operation, JsonElement write, DateTimeOffset now)
    {
        if (operation == "PutItem" && write.TryGetProperty("Item", out JsonElement item))
        {
            ReadPut(write, item, now);
        }
        else if (operation == "DeleteItem" && Removal(write) is { } removal)
        {
            ledger.Removed(removal.Conversation, [removal.SortKey], now);
        }
        else if (operation == "UpdateItem"
            && write.TryGetProperty("ExpressionAttributeValues", out JsonElement values) && Text(values, ":seal") is { } seal
            && write.TryGetProperty("Key", out JsonElement key) && Text(key, ConversationItems.PartitionKey) is { } conversation)
        {
            JsonElement read = ForeignJson.Element(seal);
            ledger.Sealed(conversation, [.. read.GetProperty("Items").EnumerateArray().Select(sortKey => sortKey.GetString()!)], read.GetProperty("Reason").ToString(), now);
        }
    }

    private void ReadPut(JsonElement write, JsonElement item, DateTimeOffset now)
    {
        if (write.GetProperty("TableName").ValueEquals(rawMessages))
        {
            if (Text(item, Tables.RawMessages.SortKey) is { } id)
            {
                ledger.Stored(id, Text(item, Tables.RawMessages.PartitionKey) ?? "", item.GetRawText(), now);
            }

            return;
        }

        if (Text(item, ConversationItems.SortKey) is not { } sortKey || !IsBurst(sortKey) || Text(item, ConversationItems.PartitionKey) is not { } conversation || Text(item, ConversationItems.Event) is not { } text)
        {
            return;
        }

        JsonElement read = ForeignJson.Element(text);
        if (read.ValueKind != JsonValueKind.Object || !read.TryGetProperty("aggregation", out JsonElement aggregation) || !aggregation.TryGetProperty("message_ids", out JsonElement ids))
        {
            return;
        }

        bool waits = aggregation.TryGetProperty("received", out JsonElement received) && received.ValueKind == JsonValueKind.Array && received.GetArrayLength() > 0;
        DateTimeOffset? windowEnd = aggregation.TryGetProperty("window", out JsonElement window) && window.ValueKind == JsonValueKind.Object && window.TryGetProperty("end", out JsonElement end) && end.TryGetDateTimeOffset(out DateTimeOffset at) ? at : null;
        ledger.Aggregated(new RecordedAggregate(
            Ledger.KeyOf(conversation, sortKey), conversation, sortKey, Text(item, ConversationItems.AggregationId) ?? sortKey, [.. ids.EnumerateArray().Select(id => id.GetString()!)], waits, windowEnd, text, now));
    }

    private void ReadLetter(JsonElement call)
    {
        if (call.TryGetProperty("MessageAttributes", out JsonElement attributes) && Attribute(attributes, "conversation") is { } conversation && Attribute(attributes, "reason") is { } reason)
        {
            ledger.Refused(conversation, reason);
        }
    }

    private static (string Conversation, string SortKey)? Removal(JsonElement write) =>
        write.TryGetProperty("Key", out JsonElement key) && Text(key, ConversationItems.PartitionKey) is { } conversation && Text(key, ConversationItems.SortKey) is { } sortKey && sortKey.StartsWith(ConversationItems.OutboxPrefix, StringComparison.Ordinal)
            ? (conversation, sortKey)
            : null;

    private static bool IsBurst(string sortKey) =>
        sortKey.StartsWith(ConversationItems.OutboxPrefix, StringComparison.Ordinal) && !sortKey.StartsWith(ConversationItems.LateFilePrefix, StringComparison.Ordinal);

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object && value.TryGetProperty("S", out JsonElement text) ? text.GetString() : null;

    private static string? Attribute(JsonElement attributes, string name) =>
        attributes.TryGetProperty(name, out JsonElement value) && value.TryGetProperty("StringValue", out JsonElement text) ? text.GetString() : null;
}
