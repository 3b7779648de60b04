using System.Text.Json.Nodes;

namespace LocalAws.DynamoDb.Operations;

public sealed class ItemRuleTests : IDisposable
{
    private readonly EmbeddedTable _table = new(indexes:
        ", 'GlobalSecondaryIndexes': [{'IndexName': 'by-g', 'KeySchema': [{'AttributeName': 'g', 'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'KEYS_ONLY'}}]");

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("{}", "One or more parameter values were invalid: Missing the key p in the item")]
    [InlineData("{'p': {'N': '1'}, 'r': {'N': '1'}}", "One or more parameter values were invalid: Type mismatch for key p expected: S actual: N")]
    [InlineData("{'p': {'S': ''}, 'r': {'N': '1'}}", "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p")]
    [InlineData("{'p': {'S': 'a'}, 'r': {'N': '1'}, 'g': {'N': '1'}}", "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: by-g")]
    [InlineData("{'v': {}}", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("{'v': {'S': 'a', 'N': '1'}}", "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")]
    [InlineData("{'v': {'SS': []}}", "One or more parameter values were invalid: An string set  may not be empty")]
    [InlineData("{'v': {'BS': []}}", "One or more parameter values were invalid: Binary sets should not be empty")]
    [InlineData("{'v': {'SS': ['a', 'a']}}", "One or more parameter values were invalid: Input collection [a, a] contains duplicates.")]
    [InlineData("{'v': {'NS': ['1', '1.0']}}", "Input collection contains duplicates")]
    [InlineData("{'v': {'NULL': false}}", "One or more parameter values were invalid: Null attribute value types must have the value of true")]
    [InlineData("{'v': {'N': 'x'}}", "The parameter cannot be converted to a numeric value: x")]
    public void A_wrong_item_is_explained(string item, string message)
    {
        var error = _table.Fail("PutItem", $"'Item': {item}");

        Assert.Equal("ValidationException", error.Code);
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("{'v': {'S': 1}}", "NUMBER_VALUE cannot be converted to String")]
    [InlineData("{'v': {'S': ['a']}}", "Unrecognized collection type class java.lang.String")]
    [InlineData("{'v': {'L': {}}}", "Start of structure or map found where not expected")]
    [InlineData("{'v': 'a'}", "Unexpected value type in payload")]
    [InlineData("{'v': {'B': 'x'}}", "Base64 encoded length is expected a multiple of 4 bytes but found: 1")]
    [InlineData("{'v': {'S': '\\ud800'}}", null)]
    public void JSON_of_the_wrong_kind_is_a_SerializationException(string item, string? message)
    {
        var error = _table.Fail("PutItem", $"'Item': {item}");

        Assert.Equal("SerializationException", error.Code);
        Assert.Equal(message ?? error.Message, error.Message);
    }

    [Fact]
    public void An_item_holds_400_KB_with_its_names_and_no_byte_more()
    {
        int free = (400 * 1024) - ("p" + "a" + "r" + "body").Length - 2;

        _table.Put("a", 1, $"'body': {{'S': '{new string('x', free)}'}}");

        var error = _table.Fail("PutItem", $"'Item': {EmbeddedTable.Item("a", 1, $"'body': {{'S': '{new string('x', free + 1)}'}}")}");
        Assert.Equal("Item size has exceeded the maximum allowed size", error.Message);
        error = _table.Fail("UpdateItem", $"'Key': {EmbeddedTable.Item("a", 1)}, 'UpdateExpression': 'SET more = body'");
        Assert.Equal("Item size to update has exceeded the maximum allowed size", error.Message);
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(32, "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit")]
    public void Values_nest_32_levels_deep(int lists, string? message)
    {
        string value = string.Concat(Enumerable.Repeat("{'L': [", lists)) + "{'S': 'x'}" + string.Concat(Enumerable.Repeat("]}", lists));

        if (message is null)
        {
            _table.Put("a", 1, $"'v': {value}");
        }
        else
        {
            Assert.Equal(message, _table.Fail("PutItem", $"'Item': {EmbeddedTable.Item("a", 1, $"'v': {value}")}").Message);
        }
    }

    [Fact]
    public void A_key_has_at_most_2048_bytes() =>
        Assert.Equal(
            "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes",
            _table.Fail("GetItem", $"'Key': {EmbeddedTable.Item(new string('x', 2049), 1)}").Message);

    [Fact]
    public void Numbers_that_are_equal_are_one_key()
    {
        _table.Send("PutItem", "'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '10'}, 'v': {'S': 'first'}}");
        _table.Send("PutItem", "'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1.0e1'}, 'v': {'S': 'second'}}");

        Assert.Equal("second", _table.Get("a", 10)!["v"]!["S"]!.GetValue<string>());
        Assert.Equal(1, _table.Engine.Statistics().Single().ItemCount);
    }

    [Fact]
    public void Capacity_is_counted_by_the_larger_of_the_old_and_the_new_item_and_for_each_index()
    {
        _table.Put("a", 1, $"'text': {{'S': '{new string('x', 3000)}'}}, 'g': {{'S': 'one'}}");

        JsonNode put = _table.Send("PutItem", $"'TableName': 'tab', 'ReturnConsumedCapacity': 'INDEXES', 'Item': {EmbeddedTable.Item("a", 1, "'g': {'S': 'two'}")}");

        Assert.Equal("""{"TableName":"tab","CapacityUnits":5.0,"Table":{"CapacityUnits":3.0},"GlobalSecondaryIndexes":{"by-g":{"CapacityUnits":2.0}}}""", put["ConsumedCapacity"]!.ToJsonString());
        Assert.Equal(4 + 5, _table.Engine.Statistics().Single().ConsumedWriteUnits);
    }

    [Fact]
    public void An_update_takes_its_values_from_the_item_as_it_was()
    {
        _table.Put("a", 1, "'x': {'S': 'one'}, 'y': {'S': 'two'}, 'l': {'L': [{'N': '0'}, {'N': '1'}, {'N': '2'}]}");

        JsonNode item = _table.Update("a", 1, "SET x = y, y = x, l[9] = :nine, l[7] = :seven REMOVE l[0], l[2]", "':nine': {'N': '9'}, ':seven': {'N': '7'}");

        Assert.Equal("two", item["x"]!["S"]!.GetValue<string>());
        Assert.Equal("one", item["y"]!["S"]!.GetValue<string>());
        Assert.Equal("1 7 9", string.Join(' ', item["l"]!["L"]!.AsArray().Select(e => e!["N"]!.GetValue<string>())));
    }

    [Theory]
    [InlineData("SET p = :v", "One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key")]
    [InlineData("SET a1.b1 = :v", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET a1 = b1 + :v", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET a1 = s + :v", "An operand in the update expression has an incorrect data type")]
    [InlineData("ADD s :v", "An operand in the update expression has an incorrect data type")]
    [InlineData("SET g = :v", "The update expression attempted to update the secondary index key to unsupported type")]
    public void An_update_that_does_not_fit_the_item_is_explained(string expression, string message)
    {
        _table.Put("a", 1, "'s': {'S': 'text'}");

        Assert.Equal(message, _table.Fail("UpdateItem", $"'Key': {EmbeddedTable.Item("a", 1)}, 'UpdateExpression': '{expression}', 'ExpressionAttributeValues': {{':v': {{'N': '1'}}}}").Message);
    }
}
