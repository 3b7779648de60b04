using System.Text.Json.Nodes;

namespace LocalAws.DynamoDb.Operations;

public sealed class QueryTests : IDisposable
{
    private const string Index =
        ", 'GlobalSecondaryIndexes': [{'IndexName': 'by-g', 'KeySchema': [{'AttributeName': 'g', 'KeyType': 'HASH'}, {'AttributeName': 'r', 'KeyType': 'RANGE'}], 'Projection': {'ProjectionType': 'KEYS_ONLY'}}]";

    private readonly EmbeddedTable _table = new(indexes: Index);

    public QueryTests()
    {
        foreach (int r in (int[])[10, -3, 0, 5, 1])
        {
            _table.Put("a", r, $"'n': {{'N': '{r * 2}'}}, 'g': {{'S': 'g{r % 2}'}}");
        }
    }

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("r = :x", "5")]
    [InlineData("r < :x", "-3 0 1")]
    [InlineData("r <= :x", "-3 0 1 5")]
    [InlineData("r > :x", "10")]
    [InlineData("r >= :x", "5 10")]
    [InlineData(":x < r", "10")]
    [InlineData("r BETWEEN :x AND :x", "5")]
    public void A_range_of_the_sort_key_is_found_in_order(string condition, string expected) =>
        Assert.Equal(expected, Ranges(Query($"p = :p AND {condition}", "':p': {'S': 'a'}, ':x': {'N': '5'}")));

    [Fact]
    public void A_query_can_run_backwards() =>
        Assert.Equal("10 5 1 0 -3", Ranges(Query("p = :p", "':p': {'S': 'a'}", ", 'ScanIndexForward': false")));

    [Fact]
    public void A_page_ends_at_the_limit_before_the_filter_is_applied()
    {
        JsonNode page = Query("p = :p", "':p': {'S': 'a'}, ':n': {'N': '0'}", ", 'Limit': 3, 'FilterExpression': 'n > :n'");

        Assert.Equal("1", Ranges(page));
        Assert.Equal(3, page["ScannedCount"]!.GetValue<int>());
        Assert.Equal("1", page["LastEvaluatedKey"]!["r"]!["N"]!.GetValue<string>());
    }

    [Fact]
    public void A_page_ends_at_one_megabyte()
    {
        string big = new('x', 300 * 1024);
        for (int r = 0; r < 5; r++)
        {
            _table.Put("big", r, $"'text': {{'S': '{big}'}}");
        }

        JsonNode page = Query("p = :p", "':p': {'S': 'big'}");

        Assert.Equal("0 1 2 3", Ranges(page));
        Assert.NotNull(page["LastEvaluatedKey"]);
    }

    [Fact]
    public void An_index_is_queried_by_its_own_key_and_shows_what_it_projects()
    {
        JsonNode page = Query("g = :g", "':g': {'S': 'g0'}", ", 'IndexName': 'by-g', 'ReturnConsumedCapacity': 'INDEXES'");

        Assert.Equal("0 10", Ranges(page));
        Assert.Null(page["Items"]![0]!["n"]);
        Assert.Equal("""{"TableName":"tab","CapacityUnits":0.5,"Table":{"CapacityUnits":0.0},"GlobalSecondaryIndexes":{"by-g":{"CapacityUnits":0.5}}}""", page["ConsumedCapacity"]!.ToJsonString());
    }

    [Fact]
    public void Strings_are_ordered_by_their_UTF8_bytes()
    {
        _table.Send("CreateTable", """
            'TableName': 'words', 'BillingMode': 'PAY_PER_REQUEST',
            'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}, {'AttributeName': 'w', 'KeyType': 'RANGE'}],
            'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}, {'AttributeName': 'w', 'AttributeType': 'S'}]
            """);
        string[] words = ["👀", "\uffee", "é", "z", "Z"];
        foreach (string word in words)
        {
            _table.Send("PutItem", $"'TableName': 'words', 'Item': {{'p': {{'S': 'a'}}, 'w': {{'S': '{word}'}}}}");
        }

        JsonNode page = _table.Send("Query", "'TableName': 'words', 'KeyConditionExpression': 'p = :p', 'ExpressionAttributeValues': {':p': {'S': 'a'}}");

        Assert.Equal(["Z", "z", "é", "\uffee", "👀"], page["Items"]!.AsArray().Select(i => i!["w"]!["S"]!.GetValue<string>()));
    }

    [Fact]
    public void All_segments_of_a_scan_together_are_the_table()
    {
        for (int i = 0; i < 50; i++)
        {
            _table.Put($"customer-{i}", 1);
        }

        var found = Enumerable.Range(0, 4)
            .SelectMany(s => _table.Send("Scan", $"'TableName': 'tab', 'TotalSegments': 4, 'Segment': {s}")["Items"]!.AsArray())
            .Select(i => i!["p"]!.ToJsonString() + i["r"]!.ToJsonString())
            .ToList();

        Assert.Equal(55, found.Count);
        Assert.Equal(55, found.Distinct().Count());
    }

    [Theory]
    [InlineData("r = :x", "", "Query condition missed key schema element: p")]
    [InlineData("p > :p AND r = :x", "", "Query key condition not supported")]
    [InlineData("p = :p OR r = :x", "", "Invalid operator used in KeyConditionExpression: OR")]
    [InlineData("p = :p AND r <> :x", "", "Invalid operator used in KeyConditionExpression: <>")]
    [InlineData("p = :x AND r = :p", "", "One or more parameter values were invalid: Condition parameter type does not match schema type")]
    [InlineData("g = :p AND r = :x", ", 'IndexName': 'by-g', 'ConsistentRead': true", "Consistent reads are not supported on global secondary indexes")]
    [InlineData("g = :p AND r = :x", ", 'IndexName': 'by-g', 'Select': 'ALL_ATTRIBUTES'", "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index by-g because its projection type is not ALL")]
    [InlineData("g = :p AND r = :x", ", 'IndexName': 'other'", "The table does not have the specified index: other")]
    [InlineData("p = :p AND r = :x", ", 'FilterExpression': 'attribute_exists(r)'", "Filter Expression can only contain non-primary key attributes: Primary key attribute: r")]
    public void A_wrong_query_is_explained(string condition, string others, string message) =>
        Assert.Equal(message, _table.Fail("Query", $"'KeyConditionExpression': '{condition}', 'ExpressionAttributeValues': {{{(condition.Contains(":p", StringComparison.Ordinal) ? "':p': {'S': 'a'}, " : "")}':x': {{'N': '5'}}}}{others}").Message);

    private JsonNode Query(string condition, string values, string others = "") =>
        _table.Send("Query", $"'TableName': 'tab', 'KeyConditionExpression': '{condition}', 'ExpressionAttributeValues': {{{values}}}{others}");

    private static string Ranges(JsonNode page) => string.Join(' ', page["Items"]!.AsArray().Select(i => i!["r"]!["N"]!.GetValue<string>()));
}
