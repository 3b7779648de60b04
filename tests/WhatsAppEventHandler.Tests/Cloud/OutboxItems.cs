using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppEventHandler.Tests.Cloud;

/// <summary>Writes outbox items as the aggregator does.</summary>
internal static class OutboxItems
{
    public static Task PutAsync(CloudFixture cloud, OutboxItem item) => cloud.DynamoDb.PutItemAsync(
        new PutItemRequest
        {
            TableName = CloudFixture.Table,
            Item = new()
            {
                [ConversationItems.PartitionKey] = new(item.Conversation),
                [ConversationItems.SortKey] = new(item.SortKey),
                ["event"] = new(item.Event),
                ["aggregationId"] = new(item.AggregationId),
                ["createdAt"] = new("2026-11-22T18:00:00.000Z"),
            },
        });
}
