using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using LocalAws.Clock;
using LocalAws.Connect;
using LocalAws.ConnectParticipant;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using LocalAws.Protocols;

namespace LocalAws.Tests.Protocols;

/// <summary>A cloud with one of everything, in which waits pass quickly, and examples that name what is there.</summary>
internal sealed class HostileWorld : IAsyncDisposable
{
    private const string Instance = "11111111-1111-1111-1111-111111111111";
    private const string Flow = "22222222-2222-2222-2222-222222222222";
    private const string Number = "phone-number-id-1";

    private readonly CloudClock _clock = new(1000, TimeProvider.System);
    private readonly Dictionary<string, string> _samples = [];
    private int _queues;

    private HostileWorld() => Cloud = new LocalCloud(new LocalCloudOptions { Clock = _clock });

    public LocalCloud Cloud { get; }

    private string Queue { get; set; } = "";

    public static async Task<HostileWorld> CreateAsync()
    {
        var world = new HostileWorld();
        world.Cloud.Connect.AddInstance(Instance, Flow);
        world.Cloud.SocialMessaging.AddPhoneNumber(Number);
        await world.RestoreAsync();
        return world;
    }

    /// <summary>Makes anew what a request has taken away.</summary>
    public async Task RestoreAsync()
    {
        if (!Cloud.Sqs.ListQueues().Contains(Queue))
        {
            // A name is free again only after a minute.
            Queue = $"q{++_queues}";
            Cloud.Sqs.CreateQueue(Queue);
        }

        Unless(Cloud.S3.HasBucket("bucket"), () => Cloud.S3.CreateBucket("bucket"));
        Unless(Cloud.S3.TryGetObject("bucket", "key", out _), () => Cloud.S3.PutObject("bucket", "key", "{}"u8.ToArray(), "text/plain"));
        Unless(Cloud.Ssm.Find("p") is not null, () => Cloud.Ssm.PutParameter("p", "v"));
        Unless(Cloud.Lambda.Functions.Any(f => f.Name == "f"), () => Cloud.Lambda.CreateFunction(
            new FunctionDefinition { Name = "f", Code = FunctionCode.FromText(_ => Task.FromResult("{}")) }));
        Unless(Cloud.DynamoDb.Tables.Find("tab") is not null, () => _samples["StreamArn"] = Cloud.DynamoDb.CreateTable("tab", "p", "r", "NEW_AND_OLD_IMAGES")!);
        _samples["TopicArn"] = Cloud.Sns.CreateTopic("t");
        _samples["SubscriptionArn"] = Cloud.Sns.Subscribe(_samples["TopicArn"], "sqs", Cloud.Account.Arn("sqs", Queue));
        if (Cloud.Mappings.Mappings.Count is 0 or > 20)
        {
            foreach (EventSourceMappingState mapping in Cloud.Mappings.Mappings)
            {
                await Cloud.Mappings.DeleteAsync(mapping.Id);
            }

            _samples["UUID"] = (await Cloud.Mappings.CreateAsync(new StreamMappingSettings { FunctionName = "f", EventSourceArn = _samples["StreamArn"] })).Id;
        }

        if (!_samples.TryGetValue("ContactId", out string? contact) || Cloud.Connect.AgentDesktop.Contacts.All(c => c.Id != contact || c.EndedAt is not null))
        {
            StartedChat chat = Cloud.Connect.StartChatContact(new ChatRequest(Instance, Flow, "Anna"));
            (_samples["ContactId"], _samples["InitialContactId"]) = (chat.ContactId, chat.ContactId);
            _samples["ConnectionToken"] = new ParticipantEngine(Cloud.Connect).CreateParticipantConnection(chat.ParticipantToken, true, true)!.Value.Token;
        }
    }

    /// <summary>A request with every member that the operation has.</summary>
    public ExampleRequest Example(AwsService service, AwsOperation operation)
    {
        JsonNode input = operation.Input is { } shape ? SampleOf(shape, "")!
            : service.Name.StartsWith("dynamodb", StringComparison.Ordinal) ? JsonNode.Parse(DynamoDb(operation.Name).Replace('\'', '"'))!
            : new JsonObject([.. operation.Route!.Path.Where(segment => segment[0] == '{').Select(segment => segment.Trim('{', '}', '+')).Concat(operation.Route.Query).Select(name =>
                KeyValuePair.Create(name, SampleOf(typeof(string), name))), .. service.Name == "s3" ? S3Headers() : []]);
        return new ExampleRequest(service, operation, input);
    }

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        _clock.Dispose();
    }

    private static void Unless(bool isThere, Action make)
    {
        if (!isThere)
        {
            make();
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> S3Headers() =>
        new[] { ("Range", "bytes=0-1"), ("x-amz-meta-a", "b"), ("If-None-Match", "\"x\""), ("Content-MD5", "x"), ("Content-Type", "text/plain"), ("Expires", "never"), ("x-amz-acl", "private") }
        .Select(header => KeyValuePair.Create(ExampleRequest.Header + header.Item1, (JsonNode?)header.Item2));

    private JsonNode? SampleOf(JsonTypeInfo shape, string name) => shape.Kind switch
    {
        JsonTypeInfoKind.Object => new JsonObject(shape.Properties.Select(p => KeyValuePair.Create(p.Name, SampleOf(shape.Options.GetTypeInfo(p.PropertyType), p.Name)))),
        JsonTypeInfoKind.Dictionary => new JsonObject([KeyValuePair.Create("a", SampleOf(shape.Options.GetTypeInfo(shape.ElementType!), ""))]),
        JsonTypeInfoKind.Enumerable => new JsonArray(SampleOf(shape.Options.GetTypeInfo(shape.ElementType!), name)),
        _ => SampleOf(Nullable.GetUnderlyingType(shape.Type) ?? shape.Type, name),
    };

    private JsonNode? SampleOf(Type type, string name) =>
        type == typeof(bool) ? true
        : type == typeof(DateTimeOffset) ? "2026-11-29T10:00:00Z"
        : type != typeof(string) ? 1
        : _samples.TryGetValue(name.Length == 0 ? "" : char.ToUpperInvariant(name[0]) + name[1..], out string? sample) ? sample
        : name switch
        {
            "InstanceId" => Instance,
            "ContactFlowId" => Flow,
            "FunctionName" => "f",
            "EventSourceArn" => _samples["StreamArn"],
            "StartingPosition" => "LATEST",
            "QueueUrl" => $"http://127.0.0.1/{Cloud.Account.Id}/{Queue}",
            "QueueName" => Queue,
            "SourceArn" or "DestinationArn" or "Endpoint" or "Destination" => Cloud.Account.Arn("sqs", Queue),
            "Protocol" => "sqs",
            "originationPhoneNumberId" => Number,
            "message" => "e30=",
            "metaApiVersion" => "v23.0",
            "Bucket" or "bucketName" => "bucket",
            "Key" or "key" => "key",
            "list-type" => "2",
            "Names" or "Name" => "p",
            "Path" => "/",
            "Type" => "String",
            "Tier" => "Standard",
            "DataType" => "text",
            "ContentType" => "text/plain",
            "FunctionResponseTypes" => "ReportBatchItemFailures",
            "Pattern" => "{}",
            "Qualifier" => "$LATEST",
            "logGroupName" or "logGroupIdentifier" => "/aws/lambda/f",
            _ => "a",
        };

    private string DynamoDb(string operation)
    {
        const string Names = "'ExpressionAttributeNames': {'#a': 'a'}, 'ReturnConsumedCapacity': 'TOTAL'";
        const string Condition = "'ConditionExpression': '#a = :a OR size(#a) > :a OR contains(#a, :a)', 'ExpressionAttributeNames': {'#a': 'a'}, 'ExpressionAttributeValues': {':a': {'S': 'x'}}";
        const string Key = "'Key': {'p': {'S': 'a'}, 'r': {'S': '1'}}";
        const string Item = "{'p': {'S': 'a'}, 'r': {'S': '1'}, 'a': {'M': {'b': {'L': [{'N': '1'}, {'B': 'AQ=='}, {'NULL': true}, {'BOOL': false}, {'SS': ['x']}, {'NS': ['1']}, {'BS': ['AQ==']}]}}}}";
        const string Update = "'UpdateExpression': 'SET #a = :a', 'ExpressionAttributeNames': {'#a': 'a'}, 'ExpressionAttributeValues': {':a': {'S': 'x'}}";
        string stream = _samples["StreamArn"];
        return operation switch
        {
            "CreateTable" => """
                {'TableName': 'other', 'BillingMode': 'PROVISIONED', 'ProvisionedThroughput': {'ReadCapacityUnits': 1, 'WriteCapacityUnits': 1}, 'DeletionProtectionEnabled': false,
                'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}], 'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}, {'AttributeName': 'g', 'AttributeType': 'S'}],
                'GlobalSecondaryIndexes': [{'IndexName': 'idx', 'KeySchema': [{'AttributeName': 'g', 'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'INCLUDE', 'NonKeyAttributes': ['a']},
                'ProvisionedThroughput': {'ReadCapacityUnits': 1, 'WriteCapacityUnits': 1}}], 'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'KEYS_ONLY'}, 'Tags': [{'Key': 'k', 'Value': 'v'}]}
                """,
            "DescribeTable" or "DeleteTable" or "DescribeTimeToLive" => "{'TableName': 'tab'}",
            "ListTables" => "{'ExclusiveStartTableName': 'aaa', 'Limit': 1}",
            "UpdateTable" => "{'TableName': 'tab', 'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'KEYS_ONLY'}, 'BillingMode': 'PAY_PER_REQUEST', 'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}]}",
            "UpdateTimeToLive" => "{'TableName': 'tab', 'TimeToLiveSpecification': {'AttributeName': 'ttl', 'Enabled': true}}",
            "ListTagsOfResource" => $"{{'ResourceArn': '{Cloud.Account.Arn("dynamodb", "table/tab")}'}}",
            "PutItem" => $"{{'TableName': 'tab', 'Item': {Item}, {Condition}, 'ReturnValues': 'ALL_OLD', 'ReturnConsumedCapacity': 'INDEXES', 'ReturnItemCollectionMetrics': 'SIZE', 'ReturnValuesOnConditionCheckFailure': 'ALL_OLD'}}",
            "UpdateItem" => $"{{'TableName': 'tab', {Key}, {Update}, 'ReturnValues': 'ALL_NEW', 'ReturnConsumedCapacity': 'TOTAL'}}",
            "DeleteItem" => $"{{'TableName': 'tab', {Key}, {Condition}, 'ReturnValues': 'ALL_OLD'}}",
            "GetItem" => $"{{'TableName': 'tab', {Key}, 'ProjectionExpression': '#a', {Names}, 'ConsistentRead': true}}",
            "Query" => $"{{'TableName': 'tab', 'KeyConditionExpression': 'p = :p', 'FilterExpression': '#a = :p', 'ExpressionAttributeValues': {{':p': {{'S': 'a'}}}}, {Names}, 'Limit': 1, 'ScanIndexForward': false, 'Select': 'COUNT', 'ExclusiveStartKey': {{'p': {{'S': 'a'}}, 'r': {{'S': '1'}}}}}}",
            "Scan" => $"{{'TableName': 'tab', 'FilterExpression': '#a = :p', 'ExpressionAttributeValues': {{':p': {{'S': 'a'}}}}, {Names}, 'Limit': 1, 'Segment': 0, 'TotalSegments': 1, 'ExclusiveStartKey': {{'p': {{'S': 'a'}}, 'r': {{'S': '1'}}}}}}",
            "BatchGetItem" => "{'RequestItems': {'tab': {'Keys': [{'p': {'S': 'a'}, 'r': {'S': '1'}}], 'ProjectionExpression': '#a', 'ExpressionAttributeNames': {'#a': 'a'}, 'ConsistentRead': true}}, 'ReturnConsumedCapacity': 'TOTAL'}",
            "BatchWriteItem" => $"{{'RequestItems': {{'tab': [{{'PutRequest': {{'Item': {Item}}}}}, {{'DeleteRequest': {{'Key': {{'p': {{'S': 'b'}}, 'r': {{'S': '1'}}}}}}}}]}}, 'ReturnConsumedCapacity': 'TOTAL', 'ReturnItemCollectionMetrics': 'NONE'}}",
            "TransactWriteItems" => $"{{'TransactItems': [{{'Put': {{'TableName': 'tab', 'Item': {Item}, {Condition}}}}}, {{'Update': {{'TableName': 'tab', 'Key': {{'p': {{'S': 'b'}}, 'r': {{'S': '1'}}}}, {Update}}}}}, {{'ConditionCheck': {{'TableName': 'tab', 'Key': {{'p': {{'S': 'c'}}, 'r': {{'S': '1'}}}}, {Condition}}}}}, {{'Delete': {{'TableName': 'tab', 'Key': {{'p': {{'S': 'd'}}, 'r': {{'S': '1'}}}}}}}}], 'ReturnConsumedCapacity': 'TOTAL'}}",
            "TransactGetItems" => $"{{'TransactItems': [{{'Get': {{'TableName': 'tab', {Key}, 'ProjectionExpression': '#a', 'ExpressionAttributeNames': {{'#a': 'a'}}}}}}], 'ReturnConsumedCapacity': 'TOTAL'}}",
            "ListStreams" => $"{{'TableName': 'tab', 'Limit': 1, 'ExclusiveStartStreamArn': '{stream}'}}",
            "DescribeStream" => $"{{'StreamArn': '{stream}', 'Limit': 1, 'ExclusiveStartShardId': 'shardId-1', 'ShardFilter': {{'Type': 'CHILD_SHARDS', 'ShardId': 'shardId-1'}}}}",
            "GetShardIterator" => $"{{'StreamArn': '{stream}', 'ShardId': '{Cloud.DynamoDb.Streams.Get(stream).Shards()[0].Id}', 'ShardIteratorType': 'AT_SEQUENCE_NUMBER', 'SequenceNumber': '1'}}",
            "GetRecords" => $"{{'ShardIterator': '{Cloud.DynamoDb.Streams.Get(stream).IteratorAt(Cloud.DynamoDb.Streams.Get(stream).Shards()[0].Id, new ShardPosition("TRIM_HORIZON", null))}', 'Limit': 1}}",
            _ => throw new InvalidOperationException($"Give {operation} an example, so that it gets hostile ones."),
        };
    }
}
