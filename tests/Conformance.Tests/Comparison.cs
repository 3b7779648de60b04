using System.Text;
using System.Text.Json.Nodes;

namespace WhatsAppBuffer.Conformance;

/// <summary>Runs a script against both homes and compares every answer, then what the table holds and what its stream tells.</summary>
internal sealed class Comparison(Homes homes)
{
    /// <summary>The table that most scripts use: a sort key that is a number, an index of each kind, a stream with both images.</summary>
    public const string UsualTable = """
        CreateTable {'TableName': 'tab', 'BillingMode': 'PAY_PER_REQUEST',
          'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}, {'AttributeName': 'r', 'KeyType': 'RANGE'}],
          'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}, {'AttributeName': 'r', 'AttributeType': 'N'},
            {'AttributeName': 'g', 'AttributeType': 'S'}, {'AttributeName': 'h', 'AttributeType': 'N'}],
          'GlobalSecondaryIndexes': [
            {'IndexName': 'by-g', 'KeySchema': [{'AttributeName': 'g', 'KeyType': 'HASH'}, {'AttributeName': 'h', 'KeyType': 'RANGE'}], 'Projection': {'ProjectionType': 'ALL'}},
            {'IndexName': 'keys-by-g', 'KeySchema': [{'AttributeName': 'g', 'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'KEYS_ONLY'}},
            {'IndexName': 'some-by-g', 'KeySchema': [{'AttributeName': 'g', 'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'INCLUDE', 'NonKeyAttributes': ['n']}}],
          'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'NEW_AND_OLD_IMAGES'}}

        """;

    private static readonly Step Everything = new("Scan", "{'TableName': 'tab', 'ConsistentRead': true}");

    /// <summary>Both homes must answer the same to all of it.</summary>
    public async Task AgreeAsync(string script, string table = UsualTable)
    {
        (Told embedded, Told local) = await TellAsync(Script.Parse(table + script));
        string differences = Differences(embedded, local);
        Assert.True(differences.Length == 0, differences);
    }

    /// <summary>Both homes must answer the same to all but the last request, and to that as the difference says.</summary>
    public async Task DifferAsync(string script, AcceptedDifference difference)
    {
        (Told ours, Told theirs) = await TellAsync(Script.Parse(UsualTable + script + difference.Example));
        (string embedded, string local) = (ours.Answers[^1].Text, theirs.Answers[^1].Text);
        Assert.Equal(ours.Answers.SkipLast(1), theirs.Answers.SkipLast(1));
        Assert.NotEqual(embedded, local);
        Assert.True(difference.Covers(embedded, local), $"This is another difference than the accepted one.\n  embedded:       {embedded}\n  DynamoDB Local: {local}");
    }

    public async Task<string> DifferencesAsync(Script script)
    {
        (Told embedded, Told local) = await TellAsync(script);
        return Differences(embedded, local);
    }

    private async Task<(Told Embedded, Told Local)> TellAsync(Script script)
    {
        Home local = homes.DynamoDbLocal;
        string table = "t" + Guid.NewGuid().ToString("N");
        Task<Told> ours = TellAsync(homes.Embedded, script, table);
        return (await ours, await TellAsync(local, script, table));
    }

    private static async Task<Told> TellAsync(Home home, Script script, string table)
    {
        home = home with { NumbersByValue = script.HasUpdates };
        var answers = new List<TextOf>();
        foreach (Step step in script.Steps)
        {
            answers.Add(new TextOf(step, Normal.Of(step, await home.SendAsync(step.Operation, step.JsonFor(table)), table)));
        }

        Answer all = await home.SendAsync(Everything.Operation, Everything.JsonFor(table));
        string described = (await home.SendAsync("DescribeTable", $$"""{"TableName": "{{table}}"}""")).Body["Table"]?["LatestStreamArn"]?.GetValue<string>() ?? "";
        IReadOnlyList<string> records = described.Length == 0 ? [] : await RecordsAsync(home, described, table);
        await home.SendAsync("DeleteTable", $$"""{"TableName": "{{table}}"}""");
        return new Told(answers, Normal.Of(Everything, all, table), records);
    }

    private static async Task<IReadOnlyList<string>> RecordsAsync(Home home, string stream, string table)
    {
        JsonNode description = await home.DemandAsync("DescribeStream", $$"""{"StreamArn": "{{stream}}"}""");
        var records = new List<JsonNode>();
        foreach (JsonNode? shard in description["StreamDescription"]!["Shards"]!.AsArray())
        {
            JsonNode iterator = await home.DemandAsync(
                "GetShardIterator", $$"""{"StreamArn": "{{stream}}", "ShardId": "{{shard!["ShardId"]}}", "ShardIteratorType": "TRIM_HORIZON"}""");
            JsonNode page = await home.DemandAsync("GetRecords", $$"""{"ShardIterator": "{{iterator["ShardIterator"]}}"}""");
            records.AddRange(page["Records"]!.AsArray().Select(r => r!));
        }

        // Only the changes of one item have an order that every home must keep.
        return
        [
            .. records.OrderBy(r => r["dynamodb"]!["SequenceNumber"]!.GetValue<string>().PadLeft(40, '0'), StringComparer.Ordinal)
                .Select(r => (Keys: r["dynamodb"]!["Keys"]!.ToJsonString(), Text: Normal.Of(r, table)))
                .OrderBy(r => r.Keys, StringComparer.Ordinal).Select(r => r.Text),
        ];
    }

    private static string Differences(Told embedded, Told local)
    {
        var text = new StringBuilder();
        foreach ((TextOf ours, TextOf theirs) in embedded.Answers.Zip(local.Answers))
        {
            Compare(ours.Step.ToString(), ours.Text, theirs.Text);
            if (ours.Succeeded != theirs.Succeeded)
            {
                // From here on they cannot but differ.
                return text.ToString();
            }
        }

        Compare("What the table holds afterwards", embedded.Items, local.Items);
        Compare("What the stream tells", string.Join("\n    ", embedded.Records), string.Join("\n    ", local.Records));
        return text.ToString();

        void Compare(string what, string ours, string theirs)
        {
            if (ours != theirs && !AcceptedDifferences.Cover(ours, theirs))
            {
                text.Append($"\n{what}\n  embedded:       {ours}\n  DynamoDB Local: {theirs}\n");
            }
        }
    }

    private sealed record TextOf(Step Step, string Text)
    {
        public bool Succeeded => Text.StartsWith("200 ", StringComparison.Ordinal);
    }

    private sealed record Told(IReadOnlyList<TextOf> Answers, string Items, IReadOnlyList<string> Records);
}
