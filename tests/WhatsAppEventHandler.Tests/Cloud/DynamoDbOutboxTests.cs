using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppEventHandler.Tests.Cloud;

public class DynamoDbOutboxTests(CloudFixture cloud)
{
    private readonly string _conversation = $"1#{Guid.NewGuid():N}";

    private DynamoDbOutbox Outbox => new(new ConversationTable(cloud.DynamoDb, CloudFixture.Table, cloud.Time));

    [Fact]
    public async Task Aggregates_wait_in_the_order_of_their_sequence_numbers()
    {
        foreach (string sequence in new[] { "200", "99", "100000000000000000000000" })
        {
            await OutboxItems.PutAsync(cloud, Item(sequence));
        }

        Assert.Equal([Item("99"), Item("200"), Item("100000000000000000000000")], await Outbox.WaitingAsync(_conversation, default));
        await Outbox.RemoveAsync(Item("99"), default);
        Assert.Equal([Item("200"), Item("100000000000000000000000")], await Outbox.WaitingAsync(_conversation, default));
    }

    [Fact]
    public async Task Chat_rows_receipts_and_stream_positions_are_not_taken_for_aggregates()
    {
        await OutboxItems.PutAsync(cloud, Item("1") with { SortKey = ConversationItems.Chat });
        await OutboxItems.PutAsync(cloud, Item("1") with { SortKey = ConversationItems.Stream });
        await OutboxItems.PutAsync(cloud, Item("1") with { SortKey = "receipt#1" });

        Assert.Empty(await Outbox.WaitingAsync(_conversation, default));
    }

    [Fact]
    public async Task An_aggregate_is_contained_until_it_is_removed()
    {
        OutboxItem item = Item("1");
        Assert.False(await Outbox.ContainsAsync(_conversation, item.SortKey, default));
        await OutboxItems.PutAsync(cloud, item);
        Assert.True(await Outbox.ContainsAsync(_conversation, item.SortKey, default));
        await Outbox.RemoveAsync(item, default);
        Assert.False(await Outbox.ContainsAsync(_conversation, item.SortKey, default));
        await Outbox.RemoveAsync(item, default);
    }

    [Fact]
    public async Task Progress_is_kept_with_the_aggregate_and_brings_no_removed_one_back()
    {
        OutboxItem item = Item("1");
        await OutboxItems.PutAsync(cloud, item);
        Assert.True(await Outbox.TryNoteAsync(item, At(2), default));
        Assert.Equal([item with { Progress = At(2) }], await Outbox.WaitingAsync(_conversation, default));

        await Outbox.RemoveAsync(item, default);
        Assert.False(await Outbox.TryNoteAsync(item, At(3), default));

        Assert.Empty(await Outbox.WaitingAsync(_conversation, default));
    }

    [Fact]
    public async Task Progress_that_is_noted_late_sets_nobody_back()
    {
        OutboxItem item = Item("1");
        var refused = At(2) with { Refusal = new PartRefusal("ValidationException", "no such text") };
        await OutboxItems.PutAsync(cloud, item);

        Assert.True(await Outbox.TryNoteAsync(item, At(2), default));
        Assert.True(await Outbox.TryNoteAsync(item, refused, default));
        Assert.True(await Outbox.TryNoteAsync(item, refused, default));
        Assert.False(await Outbox.TryNoteAsync(item, At(2), default));
        Assert.Equal([item with { Progress = refused }], await Outbox.WaitingAsync(_conversation, default));

        Assert.True(await Outbox.TryNoteAsync(item, At(3), default));
        Assert.False(await Outbox.TryNoteAsync(item, refused, default));
        Assert.Equal([item with { Progress = At(3) }], await Outbox.WaitingAsync(_conversation, default));
        Assert.False(await Outbox.TryNoteAsync(item, At(2) with { Rendering = "of other settings" }, default));
    }

    /// <summary>An older version counted otherwise: what is counted now may be less.</summary>
    [Fact]
    public async Task A_note_without_a_place_is_read_and_gives_way_to_any()
    {
        OutboxItem item = Item("1");
        await OutboxItems.PutAsync(cloud, item);
        await cloud.DynamoDb.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = CloudFixture.Table,
            Key = ConversationTable.Key(item.Conversation, item.SortKey),
            UpdateExpression = "SET done = :done, rendering = :rendering",
            ExpressionAttributeValues = new() { [":done"] = new AttributeValue { N = "3" }, [":rendering"] = new AttributeValue("of it all") },
        });

        Assert.Equal([item with { Progress = new DeliveryProgress(3, "of it all", null) }], await Outbox.WaitingAsync(_conversation, default));
        Assert.True(await Outbox.TryNoteAsync(item, At(1), default));
        Assert.Equal([item with { Progress = At(1) }], await Outbox.WaitingAsync(_conversation, default));
    }

    [Fact]
    public async Task An_aggregate_is_admitted_once_even_when_it_has_been_delivered_since()
    {
        OutboxItem item = Item("1");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Outbox.AdmitAsync(item, default)));
        Assert.Equal([item], await Outbox.WaitingAsync(_conversation, default));

        await Outbox.RemoveAsync(item, default);
        await Outbox.AdmitAsync(item, default);

        Assert.Empty(await Outbox.WaitingAsync(_conversation, default));
    }

    private static DeliveryProgress At(int done) => new(done, "fingerprint", new PartPlace(done, 1));

    private OutboxItem Item(string sequence) => new(_conversation, ConversationItems.Outbox(sequence, 0), $"id-{sequence}", $$"""{"messages":[{{sequence}}]}""") { CreatedAt = cloud.Time.GetUtcNow() };
}
