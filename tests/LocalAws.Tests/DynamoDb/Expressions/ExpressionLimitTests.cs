using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>
/// How long, how deep and how rich in operators an expression may be. Limits, wording and which error comes first were compared with Amazon's DynamoDB
/// Local, the 4,096 bytes with AWS's own answers.
/// </summary>
public sealed class ExpressionLimitTests
{
    private const string Deep = "a" + Forty;
    private const string Forty = ".b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b";

    public static TheoryData<string, string, string?> Conditions => new()
    {
        { "4,096 bytes", "a = :a" + new string(' ', 4090), null },
        { "4,097 bytes", "a = :a" + new string(' ', 4091), "Expression size has exceeded the maximum allowed size; expression size: 4097" },
        { "too long and wrong", "a == :a" + new string(' ', 4090), "Expression size has exceeded the maximum allowed size; expression size: 4097" },
        { "bytes are counted, not letters", "a = :a " + new string('é', 2045), "Expression size has exceeded the maximum allowed size; expression size: 4097" },
        { "300 operators", Times(150, "a = :a", " OR ") + " OR NOT a = :a", "The expression contains too many operators; operator count: 301" },
        { "299 operators", Times(150, "a = :a", " OR "), null },
        { "300 NOT", Times(299, "NOT ") + "a = :a", null },
        { "301 NOT", Times(300, "NOT ") + "a = :a", "The expression contains too many operators; operator count: 301" },
        { "1,000 NOT", Times(1000, "NOT ") + "a = :a", "The expression contains too many operators; operator count: 301" },
        { "functions", Times(151, "contains(a, :a)", " OR "), "The expression contains too many operators; operator count: 301" },
        { "size and its comparison", Times(101, "size(a)= :a", " OR "), "The expression contains too many operators; operator count: 301" },
        { "BETWEEN", Times(151, "a BETWEEN :a AND :a", " OR "), "The expression contains too many operators; operator count: 301" },
        { "nested", Times(149, "a = :a OR (") + "a = :a" + Times(149, ")"), null },
        { "nested too often", Times(150, "a = :a OR (") + "a = :a" + Times(150, ")"), "The expression contains too many operators; operator count: 301" },
        { "parentheses without end", Times(4000, "("), "The expression has redundant parentheses;" },
        { "2,000 pairs", Times(2000, "(") + "a = :a" + Times(2000, ")"), "The expression has redundant parentheses;" },
        { "100 candidates", "a IN (" + Times(100, ":a", ",") + ")", null },
        { "101 candidates", "a IN (" + Times(101, ":a", ",") + ")", "The IN operator is provided with too many operands; number of operands: 101" },
        { "32 levels", "a" + Times(31, ".b") + " = :a", null },
        { "33 levels", "a" + Times(32, "[0]") + " = :a", "The document path has too many nesting levels; nesting levels: 33" },
        { "any other problem comes before the operators", Times(160, "a = :a", " OR ") + " OR a = :z", "An expression attribute value used in expression is not defined; attribute value: :z" },
        { "a reserved word comes before the levels", $"{Deep} = :a OR status = :a", "Attribute name is a reserved keyword; reserved keyword: status" },
        { "the levels come before what is undefined", $"{Deep} = :z", "The document path has too many nesting levels; nesting levels: 41" },
    };

    public static TheoryData<string, string, string?> Updates => new()
    {
        { "4,097 bytes", "SET a = :a" + new string(' ', 4087), "Expression size has exceeded the maximum allowed size;" },
        { "assignments are no operators", "SET " + string.Join(',', Enumerable.Range(0, 500).Select(i => $"a{i}=:a")), null },
        { "301 sums", "SET " + string.Join(',', Enumerable.Range(0, 301).Select(i => $"a{i}=b+:a")), "The expression contains too many operators; operator count: 301" },
        { "240 functions, one within the other", "SET a = " + Times(240, "if_not_exists(a,") + ":a" + Times(240, ")"), null },
        { "parentheses without end", "SET a = " + Times(4000, "("), "The expression has redundant parentheses;" },
        { "33 levels", $"SET a{Times(32, ".b")} = :a", "The document path has too many nesting levels; nesting levels: 33" },
        { "an undefined name comes before the levels", $"SET {Deep} = :a, #z = :a", "An expression attribute name used in the document path is not defined; attribute name: #z" },
        { "the levels come before an undefined value", $"SET z = :z, {Deep} = :a", "The document path has too many nesting levels; nesting levels: 41" },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_has_at_most_4096_bytes_300_operators_and_32_levels(string what, string expression, string? message)
    {
        using var table = new EmbeddedTable();
        string members = $"'FilterExpression': '{expression}', 'ExpressionAttributeValues': {{':a': {{'{(what.StartsWith("size", StringComparison.Ordinal) ? 'N' : 'S')}': '1'}}}}";

        AssertAnswer(table, "Scan", members, message is null ? null : $"Invalid FilterExpression: {message}");
    }

    [Theory]
    [MemberData(nameof(Updates))]
    public void An_update_has_at_most_4096_bytes_300_operators_and_32_levels(string what, string expression, string? message)
    {
        using var table = new EmbeddedTable();
        Assert.NotEmpty(what);

        AssertAnswer(
            table, "UpdateItem", $"'Key': {EmbeddedTable.Item("a", 1)}, 'UpdateExpression': '{expression}', 'ExpressionAttributeValues': {{':a': {{'N': '1'}}}}", message is null ? null : $"Invalid UpdateExpression: {message}");
    }

    [Fact]
    public void A_projection_and_a_key_condition_have_the_same_limits()
    {
        using var table = new EmbeddedTable();

        AssertAnswer(table, "Scan", $"'ProjectionExpression': 'a{new string(' ', 4096)}'", "Invalid ProjectionExpression: Expression size has exceeded the maximum allowed size;");
        AssertAnswer(table, "Scan", $"'ProjectionExpression': '{Deep}'", "Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: 41");
        AssertAnswer(
            table, "Query", $"'KeyConditionExpression': 'p = :a{new string(' ', 4096)}', 'ExpressionAttributeValues': {{':a': {{'S': 'x'}}}}",
            "Invalid KeyConditionExpression: Expression size has exceeded the maximum allowed size; expression size: 4102");
    }

    [Fact]
    public void A_placeholder_has_at_most_255_characters()
    {
        using var table = new EmbeddedTable();
        string name = new('n', 255);

        AssertAnswer(
            table, "Scan", $"'FilterExpression': '#{name} = :a', 'ExpressionAttributeNames': {{'#{name}': 'x'}}, 'ExpressionAttributeValues': {{':a': {{'S': 'x'}}}}",
            "ExpressionAttributeNames contains invalid key: The expression attribute map contains a key that is too long; size of key: 256");
        AssertAnswer(
            table, "Scan", $"'FilterExpression': 'a = :{name}', 'ExpressionAttributeValues': {{':{name}': {{'S': 'x'}}}}",
            "ExpressionAttributeValues contains invalid key: The expression attribute map contains a key that is too long;");
    }

    private static void AssertAnswer(EmbeddedTable table, string operation, string members, string? message)
    {
        if (message is null)
        {
            table.Send(operation, $"'TableName': 'tab', {members}");
        }
        else
        {
            AwsException error = table.Fail(operation, members);
            Assert.Equal(("ValidationException", message), (error.Code, error.Message));
        }
    }

    private static string Times(int count, string text, string separator = "") => string.Join(separator, Enumerable.Repeat(text, count));
}
