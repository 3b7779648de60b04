namespace WhatsAppBuffer.Conformance;

public sealed class WriteTests(Homes homes)
{
    private Task Agree(string script) => new Comparison(homes).AgreeAsync(script);

    [Fact]
    public Task Items_are_put_read_replaced_and_deleted() => Agree("""
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'n': {'N': '10'}}}
        GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ConsistentRead': true}
        GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1'}}}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1.0'}, 'm': {'BOOL': true}}, 'ReturnValues': 'ALL_OLD'}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '2'}}, 'ReturnValues': 'ALL_OLD'}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '2'}}, 'ReturnValues': 'ALL_NEW'}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '2'}}, 'ReturnValues': 'SOMETHING'}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ReturnValues': 'ALL_OLD'}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ReturnValues': 'ALL_OLD'}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '9'}}, 'ReturnValues': 'UPDATED_OLD'}
        """);

    [Fact]
    public Task A_write_that_changes_nothing_makes_no_stream_record() => Agree("""
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'n': {'N': '10'}, 's': {'SS': ['x', 'y']}}}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'n': {'N': '10.0'}, 's': {'SS': ['y', 'x']}}}
        UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'UpdateExpression': 'SET n = :n', 'ExpressionAttributeValues': {':n': {'N': '10'}}}
        UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'UpdateExpression': 'REMOVE missing'}
        UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1'}}}
        UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'new'}, 'r': {'N': '1'}}}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'n': {'N': '11'}}}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}}
        """);

    [Fact]
    public Task Conditions_on_puts_and_deletes() => Agree("""
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'n': {'N': '10'}}, 'ConditionExpression': 'attribute_not_exists(p)'}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ConditionExpression': 'attribute_not_exists(p)'}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ConditionExpression': 'n > :x', 'ExpressionAttributeValues': {':x': {'N': '10'}}}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ConditionExpression': 'n = :x', 'ExpressionAttributeValues': {':x': {'N': '1e1'}}}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ConditionExpression': 'attribute_exists(n)'}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ConditionExpression': 'attribute_exists(p)'}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ConditionExpression': 'attribute_exists(p)'}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ConditionExpression': 'attribute_not_exists(p)'}
        """);

    [Theory]
    [InlineData("SET n = :one")]
    [InlineData("SET n = if_not_exists(n, :one) + :one")]
    [InlineData("SET n = if_not_exists(missing, :one) + :one")]
    [InlineData("SET n = n - :one")]
    [InlineData("SET n = missing + :one")]
    [InlineData("SET n = s + :one")]
    [InlineData("SET n = :one + :text")]
    [InlineData("SET l = list_append(l, :list)")]
    [InlineData("SET l = list_append(:list, if_not_exists(l, :list))")]
    [InlineData("SET l = list_append(n, :list)")]
    [InlineData("SET l[0] = :one, l[9] = :text")]
    [InlineData("SET l[0] = l[1], l[1] = l[0]")]
    [InlineData("SET m.x = :one")]
    [InlineData("SET m.deep.x = :one")]
    [InlineData("SET missing.x = :one")]
    [InlineData("SET s.x = :one")]
    [InlineData("SET n[0] = :one")]
    [InlineData("SET m.a = m.b, m.b = m.a")]
    [InlineData("SET p = :text")]
    [InlineData("REMOVE r")]
    [InlineData("REMOVE l[0], l[2]")]
    [InlineData("REMOVE l[99]")]
    [InlineData("REMOVE m.a, n")]
    [InlineData("REMOVE missing.x")]
    [InlineData("REMOVE missing[0]")]
    [InlineData("ADD n :one")]
    [InlineData("ADD fresh :one")]
    [InlineData("ADD ss :set")]
    [InlineData("ADD freshset :set")]
    [InlineData("ADD s :one")]
    [InlineData("ADD n :set")]
    [InlineData("ADD ss :numbers")]
    [InlineData("ADD n :text")]
    [InlineData("ADD m.n :one")]
    [InlineData("DELETE ss :set")]
    [InlineData("DELETE ss :whole")]
    [InlineData("DELETE missing :set")]
    [InlineData("DELETE n :set")]
    [InlineData("DELETE ss :one")]
    [InlineData("DELETE ss :numbers")]
    [InlineData("SET n = :one REMOVE s ADD k :one DELETE ss :set")]
    [InlineData("SET n = :one, n = :text")]
    [InlineData("SET m.a = :one, m = :text")]
    [InlineData("SET n = :one REMOVE n")]
    [InlineData("SET n = :one SET s = :text")]
    [InlineData("SET #h = :one")]
    [InlineData("SET name = :one")]
    [InlineData("SET n = :missing")]
    [InlineData("SET n = :one,")]
    [InlineData("SET n :one")]
    [InlineData("")]
    [InlineData("PUT n = :one")]
    [InlineData("set n = :one remove s")]
    [InlineData("SET n = size(s)")]
    [InlineData("SET n = attribute_exists(s)")]
    [InlineData("SET n = if_not_exists(:one, n)")]
    [InlineData("SET n = list_append(l)")]
    [InlineData("SET n = (n + :one)")]
    [InlineData("SET n = n + :one + :one")]
    [InlineData("SET s = :empty")]
    [InlineData("SET g = :empty")]
    [InlineData("SET g = :one")]
    public Task An_update_expression(string expression)
    {
        Dictionary<string, string> values = new()
        {
            [":one"] = "{'N': '1'}", [":text"] = "{'S': 'text'}", [":list"] = "{'L': [{'S': 'x'}]}", [":set"] = "{'SS': ['x']}", [":whole"] = "{'SS': ['x', 'y']}",
            [":numbers"] = "{'NS': ['1']}", [":empty"] = "{'S': ''}",
        };
        string used = string.Join(", ", values.Where(v => System.Text.RegularExpressions.Regex.IsMatch(expression, v.Key + @"\b")).Select(v => $"'{v.Key}': {v.Value}"));
        string names = expression.Contains("#h", StringComparison.Ordinal) ? ", 'ExpressionAttributeNames': {'#h': 'h'}" : "";
        string request = $"'UpdateExpression': '{expression}'{names}{(used.Length == 0 ? "" : $", 'ExpressionAttributeValues': {{{used}}}")}";
        // See AcceptedDifferenceTests.UPDATED_NEW_holds_only_the_updated_parts_of_a_document.
        string updated = expression.AsSpan().ContainsAny('.', '[') ? "ALL" : "UPDATED";
        return Agree($$"""
            PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'n': {'N': '10'}, 's': {'S': 'text'}, 'l': {'L': [{'N': '1'}, {'N': '2'}, {'N': '3'}]},
              'm': {'M': {'a': {'S': 'A'}, 'b': {'S': 'B'}, 'n': {'N': '5'} } }, 'ss': {'SS': ['x', 'y']}, 'g': {'S': 'g'}, 'h': {'N': '1'} } }
            UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'} }, {{request}}, 'ReturnValues': '{{updated}}_NEW'}
            UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'} }, {{request}}, 'ReturnValues': '{{updated}}_OLD'}
            UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'new'}, 'r': {'N': '1'} }, {{request}}, 'ReturnValues': 'ALL_NEW'}
            """);
    }

    [Theory]
    [InlineData("n = :one")]
    [InlineData("n <> :one")]
    [InlineData("missing <> :one")]
    [InlineData("missing = :one")]
    [InlineData("n BETWEEN :one AND :ten")]
    [InlineData("n BETWEEN :ten AND :one")]
    [InlineData("n BETWEEN :one AND :text")]
    [InlineData("n IN (:one, :ten, :text)")]
    [InlineData("n IN ()")]
    [InlineData("begins_with(s, :text)")]
    [InlineData("begins_with(n, :text)")]
    [InlineData("begins_with(s, :one)")]
    [InlineData("contains(s, :text)")]
    [InlineData("contains(ss, :text)")]
    [InlineData("contains(l, :one)")]
    [InlineData("contains(n, :one)")]
    [InlineData("contains(s, :one)")]
    [InlineData("size(s) > :one")]
    [InlineData("size(n) > :one")]
    [InlineData("size(ss) = :one")]
    [InlineData("size(missing) = :one")]
    [InlineData("attribute_type(s, :type)")]
    [InlineData("attribute_type(n, :type)")]
    [InlineData("attribute_type(n, :text)")]
    [InlineData("attribute_type(n, :one)")]
    [InlineData("NOT n = :one AND attribute_exists(s) OR attribute_exists(nothing)")]
    [InlineData("(n = :ten) AND (NOT (s = :text))")]
    [InlineData("not n = :one and attribute_exists(s)")]
    [InlineData("s > :one")]
    [InlineData("m.a = :a")]
    [InlineData("m.a.b = :a")]
    [InlineData("l[0] = :one")]
    [InlineData("l[0] < l[1]")]
    [InlineData("n = n")]
    [InlineData(":one = :one")]
    [InlineData(":one < n")]
    [InlineData("n = :one AND")]
    [InlineData("n == :one")]
    [InlineData("attribute_exists(:one)")]
    [InlineData("attribute_exists(n, s)")]
    [InlineData("Attribute_Exists(n)")]
    [InlineData("unknown(n)")]
    [InlineData("size(n)")]
    [InlineData("n")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("((n = :one))")]
    [InlineData("ss = :set")]
    [InlineData("ss = :elsewise")]
    [InlineData("l = :list")]
    [InlineData("m = :list")]
    [InlineData("m < :list")]
    [InlineData("status = :one")]
    [InlineData("#missing = :one")]
    [InlineData("n = :unknown")]
    [InlineData("attribute_not_exists(m.z) AND attribute_exists(m.a) AND attribute_exists(l[1]) AND attribute_not_exists(l[7])")]
    [InlineData("n..a = :one")]
    [InlineData("l[-1] = :one")]
    [InlineData("l[a] = :one")]
    [InlineData("m.a[0] = :one")]
    [InlineData("n = 10")]
    [InlineData("s = text")]
    [InlineData("#")]
    [InlineData("n = :")]
    public Task A_condition_expression(string expression)
    {
        Dictionary<string, string> values = new()
        {
            [":one"] = "{'N': '1'}", [":ten"] = "{'N': '10'}", [":text"] = "{'S': 'te'}", [":type"] = "{'S': 'S'}", [":a"] = "{'S': 'A'}",
            [":set"] = "{'SS': ['y', 'text']}", [":elsewise"] = "{'SS': ['text']}", [":list"] = "{'L': [{'N': '1'}, {'N': '2.0'}]}",
        };
        string used = string.Join(", ", values.Where(v => System.Text.RegularExpressions.Regex.IsMatch(expression, v.Key + @"\b")).Select(v => $"'{v.Key}': {v.Value}"));
        string request = $"'ConditionExpression': '{expression}'{(used.Length == 0 ? "" : $", 'ExpressionAttributeValues': {{{used}}}")}";
        return Agree($$"""
            PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'n': {'N': '10'}, 's': {'S': 'text'}, 'l': {'L': [{'N': '1'}, {'N': '2'}]},
              'm': {'M': {'a': {'S': 'A'} } }, 'ss': {'SS': ['text', 'y']} } }
            DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'none'}, 'r': {'N': '1'} }, {{request}} }
            DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'} }, {{request}} }
            Scan {'TableName': 'tab', {{request.Replace("ConditionExpression", "FilterExpression", StringComparison.Ordinal)}} }
            """);
    }

    [Theory]
    [InlineData("'Key': {'p': {'S': 'a'}}")]
    [InlineData("'Key': {'p': {'S': 'a'}, 'r': {'S': '1'}}")]
    [InlineData("'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'x': {'S': '1'}}")]
    [InlineData("'Key': {'p': {'S': ''}, 'r': {'N': '1'}}")]
    [InlineData("'Key': {'p': {'S': 'a'}, 'x': {'N': '1'}}")]
    [InlineData("'Key': {}")]
    [InlineData("'Key': null")]
    [InlineData("'Item': {}")]
    [InlineData("'Key': {'p': {'S': 'a'}, 'r': {'N': 'x'}}")]
    [InlineData("'Key': {'p': {'S': 'a'}, 'r': {'N': 1}}")]
    [InlineData("'Key': {'p': {'S': 'a'}, 'r': {}}")]
    [InlineData("'Key': {'p': {'S': 'a'}, 'r': {'N': '1', 'S': 'a'}}")]
    [InlineData("'Key': {'p': {'S': 'a'}, 'r': {'X': '1'}}")]
    [InlineData("'Key': 'p'")]
    [InlineData("'Key': [1]")]
    [InlineData("'ReturnConsumedCapacity': 'TOTAL', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}")]
    [InlineData("'ReturnConsumedCapacity': 'INDEXES', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}")]
    [InlineData("'ReturnItemCollectionMetrics': 'SIZE', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}")]
    [InlineData("'ExpressionAttributeNames': {'#a': 'b'}, 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}")]
    [InlineData("'ExpressionAttributeNames': {}, 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}")]
    [InlineData("'ConditionExpression': 'attribute_exists(p)', 'ExpressionAttributeNames': {'#a': 'b'}, 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}")]
    [InlineData("'ConditionExpression': 'attribute_exists(p)', 'ExpressionAttributeValues': {':a': {'S': 'b'}}, 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}")]
    [InlineData("'ConditionExpression': 'attribute_exists(p)', 'ExpressionAttributeValues': {}, 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}")]
    [InlineData("'ConditionExpression': 'attribute_exists(#p)', 'ExpressionAttributeNames': {'p': 'b'}, 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}")]
    [InlineData("'ConditionExpression': 'p = :p', 'ExpressionAttributeValues': {'p': {'S': 'b'}}, 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}")]
    public Task A_faulty_delete(string members) => Agree($$"""
        DeleteItem {'TableName': 'tab', {{members}} }
        GetItem {'TableName': 'tab', {{members}} }
        UpdateItem {'TableName': 'tab', {{members}} }
        PutItem {'TableName': 'tab', {{members.Replace("'Key'", "'Item'", StringComparison.Ordinal)}} }
        """);

    [Fact]
    public Task Operations_on_a_table_that_is_not_there() => new Comparison(homes).AgreeAsync("""
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}}}
        GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}}}
        UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}}}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}}}
        Query {'TableName': 'tab', 'KeyConditionExpression': 'p = :p', 'ExpressionAttributeValues': {':p': {'S': 'a'}}}
        Scan {'TableName': 'tab'}
        DescribeTable {'TableName': 'tab'}
        DeleteTable {'TableName': 'tab'}
        UpdateTimeToLive {'TableName': 'tab', 'TimeToLiveSpecification': {'AttributeName': 'x', 'Enabled': true}}
        DescribeTimeToLive {'TableName': 'tab'}
        BatchWriteItem {'RequestItems': {'tab': [{'PutRequest': {'Item': {'p': {'S': 'a'}}}}]}}
        BatchGetItem {'RequestItems': {'tab': {'Keys': [{'p': {'S': 'a'}}]}}}
        TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}}}}]}
        TransactGetItems {'TransactItems': [{'Get': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}}}}]}
        PutItem {'TableName': 'x', 'Item': {'p': {'S': 'a'}}}
        PutItem {'TableName': 'with space', 'Item': {'p': {'S': 'a'}}}
        PutItem {'Item': {'p': {'S': 'a'}}}
        """, table: "");
}
