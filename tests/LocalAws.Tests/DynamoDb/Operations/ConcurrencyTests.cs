namespace LocalAws.DynamoDb.Operations;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Of_many_threads_that_claim_one_key_exactly_one_wins()
    {
        using var table = new EmbeddedTable();
        int winners = 0;

        await Parallel.ForAsync(0, 64, TestContext.Current.CancellationToken, (i, _) =>
        {
            try
            {
                table.Send("PutItem", $"'TableName': 'tab', 'Item': {EmbeddedTable.Item("a", 1, $"'by': {{'N': '{i}'}}")}, 'ConditionExpression': 'attribute_not_exists(p)'");
                Interlocked.Increment(ref winners);
            }
            catch (LocalAws.Endpoint.AwsException e) when (e.Code == "ConditionalCheckFailedException")
            {
            }

            return ValueTask.CompletedTask;
        });

        Assert.Equal(1, winners);
    }

    [Fact]
    public async Task Transfers_in_transactions_neither_lose_nor_make_money_and_never_deadlock()
    {
        using var table = new EmbeddedTable("NEW_IMAGE");
        table.Send("CreateTable", """
            'TableName': 'other', 'BillingMode': 'PAY_PER_REQUEST',
            'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}], 'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}]
            """);

        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, (i, _) =>
        {
            string one = $"{{'Update': {{'TableName': 'tab', 'Key': {EmbeddedTable.Item($"p{i % 3}", 1)}, 'UpdateExpression': 'ADD n :v', 'ExpressionAttributeValues': {{':v': {{'N': '1'}}}}}}}}";
            string two = $"{{'Update': {{'TableName': 'other', 'Key': {{'p': {{'S': 'p{i % 2}'}}}}, 'UpdateExpression': 'ADD n :v', 'ExpressionAttributeValues': {{':v': {{'N': '-1'}}}}}}}}";
            table.Send("TransactWriteItems", $"'TransactItems': [{(i % 2 == 0 ? $"{one}, {two}" : $"{two}, {one}")}]");
            return ValueTask.CompletedTask;
        });

        Assert.Equal(200, Sum(table, "tab"));
        Assert.Equal(-200, Sum(table, "other"));
        Assert.Equal(200, (await table.RecordsAsync()).Count);
    }

    [Fact]
    public async Task Writers_of_a_table_that_is_deleted_are_told_so_and_all_that_they_wrote_before_is_in_the_stream()
    {
        for (int round = 0; round < 50; round++)
        {
            using var table = new EmbeddedTable("NEW_IMAGE");
            int written = 0;
            Task<string>[] writers = [.. Enumerable.Range(0, 2).Select(writer => Task.Run(() => WriteUntilRefused(table, $"w{writer}", ref written), TestContext.Current.CancellationToken))];
            SpinWait.SpinUntil(() => Volatile.Read(ref written) > 10);

            table.Send("DeleteTable", "'TableName': 'tab'");

            Assert.All(await Task.WhenAll(writers), refusal => Assert.Equal("ResourceNotFoundException", refusal));
            Assert.Equal(written, (await table.RecordsAsync()).Count);
        }
    }

    /// <returns>What ended it.</returns>
    private static string WriteUntilRefused(EmbeddedTable table, string writer, ref int written)
    {
        for (int item = 0; ; item++)
        {
            try
            {
                table.Put(writer, item);
                Interlocked.Increment(ref written);
            }
            catch (Exception e)
            {
                return e is LocalAws.Endpoint.AwsException refused ? refused.Code : e.ToString();
            }
        }
    }

    private static int Sum(EmbeddedTable table, string name) =>
        table.Send("Scan", $"'TableName': '{name}'")["Items"]!.AsArray().Sum(i => int.Parse(i!["n"]!["N"]!.GetValue<string>()));
}
