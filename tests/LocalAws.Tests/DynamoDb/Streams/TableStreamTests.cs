using System.Text.Json.Nodes;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Streams;

public sealed class TableStreamTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_has_the_form_of_a_Lambda_event()
    {
        using var table = new EmbeddedTable("NEW_IMAGE");
        table.Time.Advance(TimeSpan.FromMilliseconds(999));
        table.Put("a", 1, "'text': {'S': 'Grüße 👀'}");

        JsonNode record = (await table.RecordsAsync()).Single();

        Assert.Matches("^[0-9a-f]{32}$", record["eventID"]!.GetValue<string>());
        Assert.Equal("INSERT", record["eventName"]!.GetValue<string>());
        Assert.Equal("1.1", record["eventVersion"]!.GetValue<string>());
        Assert.Equal("aws:dynamodb", record["eventSource"]!.GetValue<string>());
        Assert.Equal("us-east-1", record["awsRegion"]!.GetValue<string>());
        Assert.Equal(table.StreamArn, record["eventSourceARN"]!.GetValue<string>());
        JsonNode change = record["dynamodb"]!;
        Assert.Equal("1795341600.0", change["ApproximateCreationDateTime"]!.ToJsonString());
        Assert.Equal("""{"p":{"S":"a"},"r":{"N":"1"}}""", change["Keys"]!.ToJsonString());
        Assert.Equal("Grüße 👀", change["NewImage"]!["text"]!["S"]!.GetValue<string>());
        Assert.Null(change["OldImage"]);
        Assert.Equal("NEW_IMAGE", change["StreamViewType"]!.GetValue<string>());
        Assert.True(change["SequenceNumber"]!.GetValue<string>().Length >= 21);
        Assert.Null(record["userIdentity"]);
    }

    [Theory]
    [InlineData("KEYS_ONLY", false, false)]
    [InlineData("NEW_IMAGE", true, false)]
    [InlineData("OLD_IMAGE", false, true)]
    [InlineData("NEW_AND_OLD_IMAGES", true, true)]
    public async Task A_view_decides_which_images_are_shown(string view, bool newImage, bool oldImage)
    {
        using var table = new EmbeddedTable(view);
        table.Put("a", 1, "'v': {'S': 'one'}");
        table.Put("a", 1, "'v': {'S': 'two'}");

        JsonNode modify = (await table.RecordsAsync())[1];

        Assert.Equal("MODIFY", modify["eventName"]!.GetValue<string>());
        Assert.Equal(newImage ? "two" : null, modify["dynamodb"]!["NewImage"]?["v"]!["S"]!.GetValue<string>());
        Assert.Equal(oldImage ? "one" : null, modify["dynamodb"]!["OldImage"]?["v"]!["S"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_write_that_changes_nothing_leaves_no_record()
    {
        using var table = new EmbeddedTable("NEW_IMAGE");
        table.Put("a", 1, "'set': {'SS': ['x', 'y']}, 'n': {'N': '1.0'}");

        table.Put("a", 1, "'n': {'N': '1'}, 'set': {'SS': ['y', 'x']}");
        table.Update("a", 1, "REMOVE absent");
        table.Delete("nobody", 1);

        Assert.Single(await table.RecordsAsync());
    }

    [Fact]
    public async Task Changes_of_one_partition_key_stay_in_order_in_one_shard()
    {
        using var table = new EmbeddedTable("NEW_IMAGE", shards: 4);
        for (int r = 0; r < 40; r++)
        {
            table.Put($"customer-{r % 8}", r);
        }

        IReadOnlyList<StreamShard> shards = await table.Source.ListShardsAsync(table.StreamArn, Cancel);
        var byShard = new List<List<JsonNode>>();
        foreach (StreamShard shard in shards)
        {
            byShard.Add([.. (await table.ReadAsync(shard.ShardId)).Select(r => JsonNode.Parse(r.Json.Span)!)]);
        }

        Assert.Equal(4, shards.Count);
        Assert.Equal(40, byShard.Sum(s => s.Count));
        Assert.True(byShard.Count(s => s.Count > 0) > 1);
        foreach (var customer in byShard.SelectMany((records, shard) => records.Select(r => (shard, Keys: r["dynamodb"]!["Keys"]!))).GroupBy(r => r.Keys["p"]!.ToJsonString()))
        {
            Assert.Single(customer.Select(c => c.shard).Distinct());
            int[] order = [.. customer.Select(c => int.Parse(c.Keys["r"]!["N"]!.GetValue<string>()))];
            Assert.Equal(order.Order(), order);
        }
    }

    [Fact]
    public async Task A_split_shard_drains_and_its_children_go_on()
    {
        using var table = new EmbeddedTable("NEW_IMAGE", shards: 1);
        StreamShard parent = (await table.Source.ListShardsAsync(table.StreamArn, Cancel)).Single();
        string iterator = await table.Source.GetShardIteratorAsync(table.StreamArn, parent.ShardId, new ShardPosition("TRIM_HORIZON"), Cancel);
        table.Put("a", 1);

        table.Engine.SplitShard(table.StreamArn, parent.ShardId);
        for (int i = 0; i < 20; i++)
        {
            table.Put($"customer-{i}", 2);
        }

        IReadOnlyList<StreamShard> shards = await table.Source.ListShardsAsync(table.StreamArn, Cancel);
        StreamPage page = await table.Source.GetRecordsAsync(iterator, 1000, Cancel);
        Assert.Single(page.Records);
        Assert.Null(page.NextShardIterator);
        Assert.Equal(parent.ShardId, shards[0].ShardId);
        Assert.All(shards.Skip(1), s => Assert.Equal(parent.ShardId, s.ParentShardId));
        Assert.All(shards, s => Assert.InRange(s.ShardId.Length, 28, 65));
        var children = (await table.ReadAsync(shards[1].ShardId)).Concat(await table.ReadAsync(shards[2].ShardId)).ToList();
        Assert.Equal(20, children.Count);
        Assert.All(children, c => Assert.True(string.CompareOrdinal(c.SequenceNumber, page.Records[0].SequenceNumber) > 0));
    }

    [Fact]
    public async Task An_iterator_begins_where_it_was_asked_to()
    {
        using var table = new EmbeddedTable("NEW_IMAGE", shards: 1);
        string shard = (await table.Source.ListShardsAsync(table.StreamArn, Cancel)).Single().ShardId;
        table.Put("a", 1);
        table.Put("a", 2);
        string latest = await table.Source.GetShardIteratorAsync(table.StreamArn, shard, new ShardPosition("LATEST"), Cancel);
        table.Put("a", 3);
        List<StreamEntry> all = await table.ReadAsync(shard);

        Assert.Equal([all[2]], (await table.Source.GetRecordsAsync(latest, 10, Cancel)).Records);
        Assert.Equal(all.Skip(1), await From(new ShardPosition("AT_SEQUENCE_NUMBER", all[1].SequenceNumber)));
        Assert.Equal(all.Skip(2), await From(new ShardPosition("AFTER_SEQUENCE_NUMBER", all[1].SequenceNumber)));

        async Task<IEnumerable<StreamEntry>> From(ShardPosition position) =>
            (await table.Source.GetRecordsAsync(await table.Source.GetShardIteratorAsync(table.StreamArn, shard, position, Cancel), 10, Cancel)).Records;
    }

    [Fact]
    public async Task An_iterator_expires_after_15_minutes()
    {
        using var table = new EmbeddedTable("NEW_IMAGE", shards: 1);
        string shard = (await table.Source.ListShardsAsync(table.StreamArn, Cancel)).Single().ShardId;
        string iterator = await table.Source.GetShardIteratorAsync(table.StreamArn, shard, new ShardPosition("TRIM_HORIZON"), Cancel);
        table.Time.Advance(TimeSpan.FromMinutes(15));
        await table.Source.GetRecordsAsync(iterator, 10, Cancel);
        table.Time.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<AwsException>(() => table.Source.GetRecordsAsync(iterator, 10, Cancel));

        Assert.Equal("ExpiredIteratorException", error.Code);
    }

    [Fact]
    public async Task Records_are_trimmed_after_24_hours()
    {
        using var table = new EmbeddedTable("NEW_IMAGE", shards: 1);
        string shard = (await table.Source.ListShardsAsync(table.StreamArn, Cancel)).Single().ShardId;
        table.Put("a", 1);
        StreamEntry first = (await table.ReadAsync(shard)).Single();
        table.Time.Advance(TimeSpan.FromHours(23));
        table.Put("a", 2);
        table.Time.Advance(TimeSpan.FromHours(1));

        Assert.Single(await table.ReadAsync(shard));
        var error = await Assert.ThrowsAsync<AwsException>(() =>
            table.Source.GetShardIteratorAsync(table.StreamArn, shard, new ShardPosition("AT_SEQUENCE_NUMBER", first.SequenceNumber), Cancel));
        Assert.Equal("TrimmedDataAccessException", error.Code);
    }

    [Fact]
    public async Task A_page_holds_at_most_one_megabyte()
    {
        using var table = new EmbeddedTable("NEW_IMAGE", shards: 1);
        string text = new('x', 300 * 1024);
        for (int r = 0; r < 5; r++)
        {
            table.Put("a", r, $"'text': {{'S': '{text}'}}");
        }

        string shard = (await table.Source.ListShardsAsync(table.StreamArn, Cancel)).Single().ShardId;
        string iterator = await table.Source.GetShardIteratorAsync(table.StreamArn, shard, new ShardPosition("TRIM_HORIZON"), Cancel);
        StreamPage page = await table.Source.GetRecordsAsync(iterator, 1000, Cancel);

        Assert.Equal(3, page.Records.Count);
        Assert.Equal(2, (await table.Source.GetRecordsAsync(page.NextShardIterator!, 1000, Cancel)).Records.Count);
    }

    [Fact]
    public async Task Expired_items_are_deleted_by_the_service_and_say_so()
    {
        using var table = new EmbeddedTable("NEW_AND_OLD_IMAGES");
        table.Send("UpdateTimeToLive", "'TableName': 'tab', 'TimeToLiveSpecification': {'AttributeName': 'expiresAt', 'Enabled': true}");
        long now = table.Time.GetUtcNow().ToUnixTimeSeconds();
        table.Put("due", 1, $"'expiresAt': {{'N': '{now + 30}'}}");
        table.Put("later", 1, $"'expiresAt': {{'N': '{now + 3600}'}}");
        table.Put("text", 1, $"'expiresAt': {{'S': '{now + 30}'}}");
        table.Put("ancient", 1, $"'expiresAt': {{'N': '{now - (6 * 365 * 86400)}'}}");

        table.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(table.Get("due", 1));
        Assert.Equal(3, table.Engine.Statistics().Single().ItemCount);
        JsonNode remove = (await table.RecordsAsync())[^1];
        Assert.Equal("REMOVE", remove["eventName"]!.GetValue<string>());
        Assert.Equal("due", remove["dynamodb"]!["OldImage"]!["p"]!["S"]!.GetValue<string>());
        Assert.Equal("""{"principalId":"dynamodb.amazonaws.com","type":"Service"}""", remove["userIdentity"]!.ToJsonString());
    }

    [Fact]
    public async Task A_stream_that_was_switched_off_can_be_read_for_another_day()
    {
        using var table = new EmbeddedTable("NEW_IMAGE");
        table.Put("a", 1);

        table.Send("UpdateTable", "'TableName': 'tab', 'StreamSpecification': {'StreamEnabled': false}");
        table.Put("a", 2);

        Assert.Single(await table.RecordsAsync());
        Assert.Equal("DISABLED", table.Send("DescribeStream", $"'StreamArn': '{table.StreamArn}'")["StreamDescription"]!["StreamStatus"]!.GetValue<string>());
        table.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal("ResourceNotFoundException", Assert.Throws<AwsException>(() => table.Send("DescribeStream", $"'StreamArn': '{table.StreamArn}'")).Code);
    }

    [Fact]
    public async Task A_reset_drops_items_and_records_but_readers_go_on()
    {
        using var table = new EmbeddedTable("NEW_IMAGE", shards: 1);
        string shard = (await table.Source.ListShardsAsync(table.StreamArn, Cancel)).Single().ShardId;
        string iterator = await table.Source.GetShardIteratorAsync(table.StreamArn, shard, new ShardPosition("TRIM_HORIZON"), Cancel);
        table.Put("a", 1);

        table.Engine.Reset();
        table.Put("b", 1);

        StreamPage page = await table.Source.GetRecordsAsync(iterator, 10, Cancel);
        Assert.Contains("\"b\"", System.Text.Encoding.UTF8.GetString(page.Records.Single().Json.Span), StringComparison.Ordinal);
        Assert.Equal(1, table.Engine.Statistics().Single().ConsumedWriteUnits);
    }
}
