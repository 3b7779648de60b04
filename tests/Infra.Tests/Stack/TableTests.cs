using System.Text.Json.Nodes;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Stack;

public class TableTests
{
    [Fact]
    public void Raw_messages_are_keyed_by_customer_and_message_streamed_and_expire()
    {
        Deployments.Default.ShouldHave("RawMessagesTable", """
            {
              "TableName": "raw_messages",
              "KeySchema": [{ "AttributeName": "from", "KeyType": "HASH" }, { "AttributeName": "id", "KeyType": "RANGE" }],
              "AttributeDefinitions": [{ "AttributeName": "from", "AttributeType": "S" }, { "AttributeName": "id", "AttributeType": "S" }],
              "BillingMode": "PAY_PER_REQUEST",
              "StreamSpecification": { "StreamViewType": "NEW_IMAGE" },
              "TimeToLiveSpecification": { "AttributeName": "expiresAt", "Enabled": true },
              "SSESpecification": { "SSEEnabled": true },
              "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": true },
              "DeletionProtectionEnabled": true
            }
            """);
    }

    [Fact]
    public void Active_connections_have_an_index_of_what_waits_and_no_stream()
    {
        Deployments.Default.ShouldHave("ActiveConnectionsTable", """
            {
              "TableName": "active_connections",
              "KeySchema": [{ "AttributeName": "conversation", "KeyType": "HASH" }, { "AttributeName": "item", "KeyType": "RANGE" }],
              "BillingMode": "PAY_PER_REQUEST",
              "GlobalSecondaryIndexes": [
                {
                  "IndexName": "waiting-index",
                  "KeySchema": [{ "AttributeName": "aggregationId", "KeyType": "HASH" }],
                  "Projection": { "ProjectionType": "INCLUDE", "NonKeyAttributes": ["waitingSince"] }
                }
              ],
              "TimeToLiveSpecification": { "AttributeName": "expiresAt", "Enabled": true },
              "SSESpecification": { "SSEEnabled": true }
            }
            """);
        Assert.False(Deployments.Default["ActiveConnectionsTable"].Properties.ContainsKey("StreamSpecification"));
    }

    [Theory]
    [InlineData(nameof(Deployments.Guide))]
    [InlineData(nameof(Deployments.Unswept))]
    public void Nobody_pays_for_an_index_where_nobody_sweeps(string deployment)
    {
        Assert.False(Deployments.Named(deployment)["ActiveConnectionsTable"].Properties.ContainsKey("GlobalSecondaryIndexes"));
        Assert.Empty(Deployments.Named(deployment).OfType("AWS::Events::Rule"));
    }

    [Fact]
    public void A_table_that_expires_numbers_declares_no_key_of_that_name()
    {
        // DynamoDB ignores a TTL attribute that is not a Number; keys here are strings.
        foreach (TableSpec table in Tables.All)
        {
            Assert.NotEqual(table.TimeToLive, table.PartitionKey);
            Assert.NotEqual(table.TimeToLive, table.SortKey);
        }
    }

    [Fact]
    public void Tables_stay_when_the_stack_goes()
    {
        foreach (Resource table in Deployments.Default.OfType("AWS::DynamoDB::Table"))
        {
            Deployments.Default.ShouldBe(table.Id, """{ "DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain" }""");
        }
    }

    [Fact]
    public void Tables_can_be_thrown_away_and_not_backed_up_when_asked_for()
    {
        foreach (Resource table in Deployments.Batching.OfType("AWS::DynamoDB::Table"))
        {
            Deployments.Batching.ShouldBe(table.Id, """
                {
                  "DeletionPolicy": "Delete",
                  "Properties": {
                    "DeletionProtectionEnabled": false,
                    "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": false }
                  }
                }
                """);
        }
    }

    [Fact]
    public void Tables_are_those_of_the_shared_definition()
    {
        IEnumerable<string> layouts = Deployments.Default.OfType("AWS::DynamoDB::Table").Select(table => Layout(table.Properties));

        Assert.Equal(Tables.All.Select(Layout), layouts);
    }

    [Fact]
    public void The_shared_definition_is_what_the_functions_write()
    {
        TableSpec table = Tables.ActiveConnections;

        Assert.Equal(
            (ConversationItems.PartitionKey, ConversationItems.SortKey, ConversationItems.ExpiresAt),
            (table.PartitionKey, table.SortKey, table.TimeToLive));
        Assert.Equal(new IndexSpec(ConversationItems.WaitingIndex, ConversationItems.AggregationId, ConversationItems.WaitingSince), table.Index);
    }

    private static string Layout(JsonObject table) =>
        $"{table["TableName"]} {table["KeySchema"]![0]!["AttributeName"]} {table["KeySchema"]![1]!["AttributeName"]} "
        + $"{table["TimeToLiveSpecification"]!["AttributeName"]} {table["StreamSpecification"]?["StreamViewType"]} {table["GlobalSecondaryIndexes"]?[0]!["IndexName"]}";

    private static string Layout(TableSpec table) =>
        $"{table.Name} {table.PartitionKey} {table.SortKey} {table.TimeToLive} {table.StreamView} {table.Index?.Name}";
}
