namespace LocalAws.DynamoDb.Expressions;

/// <summary>The wording of these errors was compared with Amazon's DynamoDB Local.</summary>
public sealed class ExpressionErrorTests
{
    [Theory]
    [InlineData("", "The expression can not be empty;")]
    [InlineData("SET v", "Syntax error; token: \"<EOF>\", near: \"v\"")]
    [InlineData("SET v = :a :b", "Syntax error; token: \":b\", near: \":a :b\"")]
    [InlineData("FOO v", "Syntax error; token: \"FOO\", near: \"FOO v\"")]
    [InlineData("SET v = 5", "Syntax error; token: \"5\", near: \"= 5\"")]
    [InlineData("SET v = :a; w", "Syntax error; token: \";\", near: \":a; w\"")]
    [InlineData("SET v = (:a + :b) - :a", "Syntax error; token: \"-\", near: \") - :a\"")]
    [InlineData("SET v = ((:a)), w = :b", "The expression has redundant parentheses;")]
    [InlineData("SET v = :a SET w = :b", "The \"SET\" section can only be used once in an update expression;")]
    [InlineData("SET v = foo(:a, :b)", "Invalid function name; function: foo")]
    [InlineData("SET v = size(w)", "The function is not allowed in an update expression; function: size")]
    [InlineData("SET v = if_not_exists(:a, :b)", "Operator or function requires a document path; operator or function: if_not_exists")]
    [InlineData("SET v = list_append(:a)", "Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 1")]
    [InlineData("SET v = list_append(:a, :b)", "Incorrect operand type for operator or function; operator or function: list_append, operand type: N")]
    [InlineData("SET v = :c", "An expression attribute value used in expression is not defined; attribute value: :c")]
    [InlineData("SET #v = :a", "An expression attribute name used in the document path is not defined; attribute name: #v")]
    [InlineData("SET v.a = :a, v = :b", "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [v, a], path two: [v]")]
    [InlineData("SET v[0] = :a, v.a = :b", "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [v, [0]], path two: [v, a]")]
    [InlineData("DELETE v :a", "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER")]
    [InlineData("SET v[99999999999] = :a", "List index is not within the allowable range; index: [99999999999]")]
    [InlineData("SET size = :a", "Attribute name is a reserved keyword; reserved keyword: size")]
    public void A_wrong_update_is_explained(string expression, string message)
    {
        using var table = new EmbeddedTable();

        var error = table.Fail("UpdateItem", $"'Key': {EmbeddedTable.Item("a", 1)}, 'UpdateExpression': '{expression}', 'ExpressionAttributeValues': {{':a': {{'N': '1'}}, ':b': {{'N': '2'}}}}");

        Assert.Equal("ValidationException", error.Code);
        Assert.Equal("Invalid UpdateExpression: " + message, error.Message);
    }

    [Theory]
    [InlineData("a =", "Syntax error; token: \"<EOF>\", near: \"=\"")]
    [InlineData("a AND b", "Syntax error; token: \"AND\", near: \"a AND b\"")]
    [InlineData("a = :a ANDb = :b", "Syntax error; token: \"ANDb\", near: \":a ANDb =\"")]
    [InlineData("a[-1] = :a", "Syntax error; token: \"-\", near: \"[-1\"")]
    [InlineData("((a = :a)) OR b = :b", "The expression has redundant parentheses;")]
    [InlineData("size(a)", "The function is not allowed to be used this way in an expression; function: size")]
    [InlineData("attribute_foo(a)", "Invalid function name; function: attribute_foo")]
    [InlineData("attribute_exists(:a)", "Operator or function requires a document path; operator or function: attribute_exists")]
    [InlineData("attribute_exists(a, b)", "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2")]
    [InlineData("begins_with(a, :a)", "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N")]
    [InlineData("a = a", "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]")]
    [InlineData("size(:a) = :b", "Incorrect operand type for operator or function; operator or function: size, operand type: N")]
    [InlineData("a BETWEEN :b AND :a", "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}")]
    public void A_wrong_condition_is_explained(string expression, string message)
    {
        using var table = new EmbeddedTable();

        var error = table.Fail("PutItem", $"'Item': {EmbeddedTable.Item("a", 1)}, 'ConditionExpression': '{expression}', 'ExpressionAttributeValues': {{':a': {{'N': '1'}}, ':b': {{'N': '2'}}}}");

        Assert.Equal("Invalid ConditionExpression: " + message, error.Message);
    }

    [Theory]
    [InlineData("'ConditionExpression': 'a = :a', 'ExpressionAttributeValues': {':a': {'N': '1'}, ':x': {'N': '2'}}", "Value provided in ExpressionAttributeValues unused in expressions: keys: {:x}")]
    [InlineData("'ConditionExpression': 'attribute_exists(a)', 'ExpressionAttributeNames': {'#x': 'y'}", "Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}")]
    [InlineData("'ExpressionAttributeNames': {'#x': 'y'}", "ExpressionAttributeNames can only be specified when using expressions")]
    [InlineData("'ExpressionAttributeValues': {':x': {'S': 'y'}}", "ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null")]
    [InlineData("'ConditionExpression': 'a = :a', 'ExpressionAttributeValues': {}", "ExpressionAttributeValues must not be empty")]
    [InlineData("'ConditionExpression': 'a = :a', 'ExpressionAttributeValues': {'a': {'S': 'y'}}", "ExpressionAttributeValues contains invalid key: Syntax error; key: \"a\"")]
    [InlineData("'ConditionExpression': 'a = :a', 'ExpressionAttributeValues': {':a': {}}", "ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes for key :a")]
    public void Wrong_placeholders_are_explained(string members, string message)
    {
        using var table = new EmbeddedTable();

        Assert.Equal(message, table.Fail("PutItem", $"'Item': {EmbeddedTable.Item("a", 1)}, {members}").Message);
    }
}
