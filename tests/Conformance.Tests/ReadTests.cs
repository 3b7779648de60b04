namespace WhatsAppBuffer.Conformance;

public sealed class ReadTests(Homes homes)
{
    private const string Items = """
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '-3'}, 'n': {'N': '1'}, 'g': {'S': 'x'}, 'h': {'N': '2'}, 'm': {'M': {'a': {'L': [{'S': 'q'}, {'S': 'w'}]}, 'b': {'S': 'B'}}}}}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '2'}, 'n': {'N': '2'}, 'g': {'S': 'x'}, 'h': {'N': '1'}}}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '10'}, 'n': {'N': '3'}, 'g': {'S': 'y'}, 'h': {'N': '1'}}}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '10.5'}, 'n': {'N': '4'}, 'g': {'S': 'x'}}}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'b'}, 'r': {'N': '1'}, 'n': {'N': '5'}}}

        """;

    private Task Agree(string script) => new Comparison(homes).AgreeAsync(Items + script);

    [Theory]
    [InlineData("p = :a", "")]
    [InlineData("p = :a AND r > :two", "")]
    [InlineData("p = :a AND r >= :two", ", 'ScanIndexForward': false")]
    [InlineData("p = :a AND r < :two", "")]
    [InlineData("p = :a AND r <= :two", "")]
    [InlineData("p = :a AND r = :two", "")]
    [InlineData("p = :a AND r BETWEEN :two AND :ten", "")]
    [InlineData("p = :a AND r BETWEEN :ten AND :two", "")]
    [InlineData("r = :two AND p = :a", "")]
    [InlineData("(p = :a) AND (r = :two)", "")]
    [InlineData("p = :a AND begins_with(r, :two)", "")]
    [InlineData("p = :a AND r <> :two", "")]
    [InlineData("p = :a AND r IN (:two)", "")]
    [InlineData("p = :a OR r = :two", "")]
    [InlineData("NOT p = :a", "")]
    [InlineData("p > :a", "")]
    [InlineData("begins_with(p, :a)", "")]
    [InlineData("r = :two", "")]
    [InlineData("p = :a AND n = :two", "")]
    [InlineData("p = :a AND r > :two AND r < :ten", "")]
    [InlineData("p = :two", "")]
    [InlineData("p = :a AND r = :a", "")]
    [InlineData("p = :a AND p = :a", "")]
    [InlineData(":a = p", "")]
    [InlineData("p = :a AND size(r) = :two", "")]
    [InlineData("p = :a AND attribute_exists(r)", "")]
    [InlineData("p = :a", ", 'Limit': 2")]
    [InlineData("p = :a", ", 'Limit': 4")]
    [InlineData("p = :a", ", 'Limit': 5")]
    [InlineData("p = :a", ", 'Limit': 0")]
    [InlineData("p = :a", ", 'Limit': 2, 'ExclusiveStartKey': {'p': {'S': 'a'}, 'r': {'N': '2'}}")]
    [InlineData("p = :a", ", 'ExclusiveStartKey': {'p': {'S': 'a'}, 'r': {'N': '5'}}, 'ScanIndexForward': false")]
    [InlineData("p = :a", ", 'ExclusiveStartKey': {'p': {'S': 'b'}, 'r': {'N': '5'}}")]
    [InlineData("p = :a", ", 'ExclusiveStartKey': {'p': {'S': 'a'}}")]
    [InlineData("p = :a", ", 'ExclusiveStartKey': {'p': {'S': 'a'}, 'r': {'S': '5'}}")]
    [InlineData("p = :a", ", 'Select': 'COUNT'")]
    [InlineData("p = :a", ", 'Select': 'ALL_ATTRIBUTES'")]
    [InlineData("p = :a", ", 'Select': 'ALL_PROJECTED_ATTRIBUTES'")]
    [InlineData("p = :a", ", 'Select': 'SPECIFIC_ATTRIBUTES'")]
    [InlineData("p = :a", ", 'Select': 'SPECIFIC_ATTRIBUTES', 'ProjectionExpression': 'n'")]
    [InlineData("p = :a", ", 'Select': 'COUNT', 'ProjectionExpression': 'n'")]
    [InlineData("p = :a", ", 'Select': 'NONSENSE'")]
    [InlineData("p = :a", ", 'FilterExpression': 'n > :two'")]
    [InlineData("p = :a", ", 'FilterExpression': 'n > :two', 'Limit': 2")]
    [InlineData("p = :a", ", 'FilterExpression': 'r > :two'")]
    [InlineData("p = :a", ", 'FilterExpression': 'p = :a'")]
    [InlineData("p = :a", ", 'FilterExpression': 'size(m) > :two'")]
    [InlineData("p = :a", ", 'FilterExpression': 'g = :a', 'ReturnConsumedCapacity': 'TOTAL'")]
    [InlineData("p = :a", ", 'ReturnConsumedCapacity': 'INDEXES', 'ConsistentRead': true")]
    [InlineData("g = :x", ", 'IndexName': 'by-g'")]
    [InlineData("g = :x AND h > :one", ", 'IndexName': 'by-g'")]
    [InlineData("g = :x", ", 'IndexName': 'by-g', 'ScanIndexForward': false, 'Limit': 1")]
    [InlineData("g = :x", ", 'IndexName': 'by-g', 'ExclusiveStartKey': {'p': {'S': 'a'}, 'r': {'N': '2'}, 'g': {'S': 'x'}, 'h': {'N': '1'}}")]
    [InlineData("g = :x", ", 'IndexName': 'by-g', 'ExclusiveStartKey': {'p': {'S': 'a'}, 'r': {'N': '2'}}")]
    [InlineData("g = :x", ", 'IndexName': 'by-g', 'ConsistentRead': true")]
    [InlineData("g = :x", ", 'IndexName': 'by-g', 'FilterExpression': 'h = :one'")]
    [InlineData("g = :x", ", 'IndexName': 'by-g', 'ReturnConsumedCapacity': 'INDEXES'")]
    [InlineData("p = :a", ", 'IndexName': 'by-g'")]
    [InlineData("g = :x", ", 'IndexName': 'none'")]
    [InlineData("g = :y", ", 'IndexName': 'keys-by-g'")]
    [InlineData("g = :y", ", 'IndexName': 'keys-by-g', 'Select': 'ALL_ATTRIBUTES'")]
    [InlineData("g = :y", ", 'IndexName': 'keys-by-g', 'ProjectionExpression': 'p, n'")]
    [InlineData("g = :y", ", 'IndexName': 'some-by-g', 'ProjectionExpression': 'p, n'")]
    [InlineData("g = :y", ", 'IndexName': 'some-by-g'")]
    [InlineData("p = :a", ", 'ProjectionExpression': 'n, m.a[1], m.b'")]
    [InlineData("p = :a", ", 'ProjectionExpression': 'm.a[0], m.a[1]'")]
    [InlineData("p = :a", ", 'ProjectionExpression': 'm.a[1], m.a[0]'")]
    [InlineData("p = :a", ", 'ProjectionExpression': 'm, m.a'")]
    [InlineData("p = :a", ", 'ProjectionExpression': 'n, n'")]
    [InlineData("p = :a", ", 'ProjectionExpression': 'missing, m.missing, n.x'")]
    [InlineData("p = :a", ", 'ProjectionExpression': ''")]
    [InlineData("p = :a", ", 'ProjectionExpression': 'n,'")]
    [InlineData("p = :a", ", 'ProjectionExpression': 'size'")]
    [InlineData("p = :a", ", 'ProjectionExpression': '#u'")]
    [InlineData("", "")]
    [InlineData("p", "")]
    [InlineData("p = :a AND", "")]
    [InlineData("p = :missing", "")]
    public Task A_query(string condition, string others)
    {
        Dictionary<string, string> values = new()
        {
            [":a"] = "{'S': 'a'}", [":x"] = "{'S': 'x'}", [":y"] = "{'S': 'y'}", [":one"] = "{'N': '1'}", [":two"] = "{'N': '2'}", [":ten"] = "{'N': '10'}",
        };
        string used = string.Join(", ", values.Where(v => System.Text.RegularExpressions.Regex.IsMatch(condition + others, v.Key + @"\b")).Select(v => $"'{v.Key}': {v.Value}"));
        return Agree($$"""
            Query {'TableName': 'tab', 'KeyConditionExpression': '{{condition}}'{{others}}{{(used.Length == 0 ? "" : $", 'ExpressionAttributeValues': {{{used}}}")}} }
            """);
    }

    [Fact]
    public Task A_query_without_a_key_condition() => Agree("""
        Query {'TableName': 'tab'}
        Query {'TableName': 'tab', 'KeyConditionExpression': null}
        Query {'TableName': 'tab', 'FilterExpression': 'n = :n', 'ExpressionAttributeValues': {':n': {'N': '1'}}}
        """);

    [Fact]
    public Task Scans() => Agree("""
        Scan {'TableName': 'tab'}
        Scan {'TableName': 'tab', 'Select': 'COUNT'}
        Scan {'TableName': 'tab', 'FilterExpression': 'n > :n', 'ExpressionAttributeValues': {':n': {'N': '2'}}, 'ProjectionExpression': 'p, n'}
        Scan {'TableName': 'tab', 'IndexName': 'by-g'}
        Scan {'TableName': 'tab', 'IndexName': 'keys-by-g'}
        Scan {'TableName': 'tab', 'IndexName': 'by-g', 'ConsistentRead': true}
        Scan {'TableName': 'tab', 'Limit': 0}
        Scan {'TableName': 'tab', 'Segment': 0}
        Scan {'TableName': 'tab', 'Segment': 1, 'TotalSegments': 1}
        Scan {'TableName': 'tab', 'ExclusiveStartKey': {'p': {'S': 'a'}}}
        Scan {'TableName': 'tab', 'ReturnConsumedCapacity': 'TOTAL'}
        """);

    [Theory]
    [InlineData("n, m.a[1], m.b")]
    [InlineData("m.a[5]")]
    [InlineData("g, h, p")]
    [InlineData("")]
    [InlineData("n m")]
    [InlineData("name")]
    [InlineData("#x")]
    public Task A_projection_of_one_item(string projection) => Agree($$"""
        GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '-3'} }, 'ProjectionExpression': '{{projection}}'}
        GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'z'}, 'r': {'N': '-3'} }, 'ProjectionExpression': '{{projection}}'}
        BatchGetItem {'RequestItems': {'tab': {'Keys': [{'p': {'S': 'a'}, 'r': {'N': '-3'} }], 'ProjectionExpression': '{{projection}}'} } }
        TransactGetItems {'TransactItems': [{'Get': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '-3'} }, 'ProjectionExpression': '{{projection}}'} }]}
        """);

    [Fact]
    public Task Reads_cost_what_they_cost() => Agree("""
        GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '-3'}}, 'ReturnConsumedCapacity': 'TOTAL'}
        GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '-3'}}, 'ReturnConsumedCapacity': 'TOTAL', 'ConsistentRead': true}
        GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '-3'}}, 'ReturnConsumedCapacity': 'INDEXES', 'ConsistentRead': true}
        BatchGetItem {'RequestItems': {'tab': {'Keys': [{'p': {'S': 'a'}, 'r': {'N': '-3'}}, {'p': {'S': 'a'}, 'r': {'N': '2'}}]}}, 'ReturnConsumedCapacity': 'TOTAL'}
        """);
}
