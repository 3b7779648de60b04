using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;

namespace OnRawMessages.Tests;

/// <summary>The table of conversations, under a name of its own.</summary>
internal static class ConversationsTable
{
    public static async Task<string> CreateAsync(IAmazonDynamoDB client)
    {
        string name = $"conversations-{Guid.NewGuid():N}";
        await client.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                KeySchema = [new(ConversationItems.PartitionKey, KeyType.HASH), new(ConversationItems.SortKey, KeyType.RANGE)],
                AttributeDefinitions = [new(ConversationItems.PartitionKey, ScalarAttributeType.S), new(ConversationItems.SortKey, ScalarAttributeType.S)],
            },
            TestContext.Current.CancellationToken);
        return name;
    }
}
