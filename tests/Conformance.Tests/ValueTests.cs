namespace WhatsAppBuffer.Conformance;

public sealed class ValueTests(Homes homes)
{
    [Theory]
    [InlineData("{'N': '0'}")]
    [InlineData("{'N': '-0'}")]
    [InlineData("{'N': '0.0'}")]
    [InlineData("{'N': '007'}")]
    [InlineData("{'N': '+7'}")]
    [InlineData("{'N': '1.50'}")]
    [InlineData("{'N': '.5'}")]
    [InlineData("{'N': '5.'}")]
    [InlineData("{'N': '1e3'}")]
    [InlineData("{'N': '1E+3'}")]
    [InlineData("{'N': '1e-7'}")]
    [InlineData("{'N': '0.0000001'}")]
    [InlineData("{'N': '123456789012345678901234567890.12345678'}")]
    [InlineData("{'N': '12345678901234567890123456789012345678'}")]
    [InlineData("{'N': '123456789012345678901234567890123456789'}")]
    [InlineData("{'N': '123456789012345678901234567890123456780'}")]
    [InlineData("{'N': '1e125'}")]
    [InlineData("{'N': '9.9999999999999999999999999999999999999e125'}")]
    [InlineData("{'N': '1e126'}")]
    [InlineData("{'N': '1e-130'}")]
    [InlineData("{'N': '1e-131'}")]
    [InlineData("{'N': '-1e125'}")]
    [InlineData("{'N': '-1e126'}")]
    [InlineData("{'N': '100000000000000000000000000000000000000000'}")]
    [InlineData("{'N': ''}")]
    [InlineData("{'N': ' 1'}")]
    [InlineData("{'N': '1 '}")]
    [InlineData("{'N': 'NaN'}")]
    [InlineData("{'N': 'Infinity'}")]
    [InlineData("{'N': '0x10'}")]
    [InlineData("{'N': '1,5'}")]
    [InlineData("{'N': 5}")]
    [InlineData("{'NS': ['1', '1.0']}")]
    [InlineData("{'NS': ['3', '1e1', '-2', '2.50']}")]
    [InlineData("{'NS': []}")]
    [InlineData("{'NS': ['x']}")]
    [InlineData("{'SS': ['b', 'a']}")]
    [InlineData("{'SS': ['a', 'a']}")]
    [InlineData("{'SS': []}")]
    [InlineData("{'SS': ['']}")]
    [InlineData("{'SS': [1]}")]
    [InlineData("{'BS': ['AQ==', 'Ag==']}")]
    [InlineData("{'BS': ['AQ==', 'AQ==']}")]
    [InlineData("{'BS': []}")]
    [InlineData("{'S': ''}")]
    [InlineData("{'B': ''}")]
    [InlineData("{'B': 'AQID'}")]
    [InlineData("{'B': 'AQI'}")]
    [InlineData("{'B': '***'}")]
    [InlineData("{'BOOL': false}")]
    [InlineData("{'BOOL': 'true'}")]
    [InlineData("{'BOOL': 'yes'}")]
    [InlineData("{'NULL': true}")]
    [InlineData("{'NULL': false}")]
    [InlineData("{'L': []}")]
    [InlineData("{'M': {}}")]
    [InlineData("{'L': [{'M': {'x': {'L': [{'SS': ['q']}]}}}]}")]
    [InlineData("{'L': [{'SS': []}]}")]
    [InlineData("{'M': {'x': {'N': 'z'}}}")]
    [InlineData("{'M': {'': {'N': '1'}}}")]
    [InlineData("{'L': {'x': 1}}")]
    [InlineData("{'M': [1]}")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("'x'")]
    [InlineData("{'S': 'a', 'N': '1'}")]
    [InlineData("{'S': null}")]
    [InlineData("{'S': 5}")]
    [InlineData("{'S': 'ünïcödé 👩‍👩‍👧 \\u0000 \\n'}")]
    public async Task A_value_is_kept_or_refused_alike(string value)
    {
        await new Comparison(homes).AgreeAsync($$"""
            PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'v': {{value}} } }
            GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'} } }
            """);
        await new Comparison(homes).AgreeAsync($$"""
            UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1'} }, 'UpdateExpression': 'SET v = :v', 'ExpressionAttributeValues': {':v': {{value}} }, 'ReturnValues': 'ALL_NEW'}
            GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1'} } }
            """);
    }

    [Theory]
    [InlineData("'p': {'S': ''}, 'r': {'N': '1'}")]
    [InlineData("'p': {'N': '5'}, 'r': {'N': '1'}")]
    [InlineData("'p': {'NULL': true}, 'r': {'N': '1'}")]
    [InlineData("'p': {'S': 'a'}")]
    [InlineData("'r': {'N': '1'}")]
    [InlineData("'p': {'S': 'a'}, 'r': {'N': '1'}, 'g': {'S': ''}")]
    [InlineData("'p': {'S': 'a'}, 'r': {'N': '1'}, 'g': {'N': '1'}")]
    [InlineData("'p': {'S': 'a'}, 'r': {'N': '1'}, 'h': {'S': '1'}")]
    [InlineData("'p': {'S': 'a'}, 'r': {'N': '1'}, 'g': {'NULL': true}")]
    [InlineData("'p': {'S': 'a'}, 'r': {'N': '1'}, '': {'S': 'x'}")]
    public Task An_item_with_odd_keys(string item) => new Comparison(homes).AgreeAsync($$"""
        PutItem {'TableName': 'tab', 'Item': { {{item}} } }
        BatchWriteItem {'RequestItems': {'tab': [{'PutRequest': {'Item': { {{item}} } } }]} }
        TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': { {{item}} } } }]}
        """);

    [Theory]
    [InlineData(409_583)]
    [InlineData(409_591)]
    [InlineData(409_592)]
    [InlineData(409_593)]
    [InlineData(409_600)]
    public Task An_item_around_400_kB(int length)
    {
        string text = new('x', length);
        return new Comparison(homes).AgreeAsync($$"""
            PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'v': {'S': '{{text}}'} } }
            UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1'} }, 'UpdateExpression': 'SET v = :v', 'ExpressionAttributeValues': {':v': {'S': '{{text}}'} } }
            """);
    }

    [Theory]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(2049)]
    public Task A_long_partition_key(int length) => new Comparison(homes).AgreeAsync($$"""
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': '{{new string('x', length)}}'}, 'r': {'N': '1'} } }
        GetItem {'TableName': 'tab', 'Key': {'p': {'S': '{{new string('x', length)}}'}, 'r': {'N': '1'} } }
        """);

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public Task Nesting_of(int levels)
    {
        string value = string.Concat(Enumerable.Repeat("{'L': [", levels - 1)) + "{'S': 'x'}" + string.Concat(Enumerable.Repeat("]}", levels - 1));
        return new Comparison(homes).AgreeAsync($$"""
            PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'v': {{value}} } }
            UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1'} }, 'UpdateExpression': 'SET v = :v', 'ExpressionAttributeValues': {':v': {{value}} } }
            """);
    }
}
