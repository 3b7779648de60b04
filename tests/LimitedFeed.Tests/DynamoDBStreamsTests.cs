using Amazon.DynamoDBStreams;
using Amazon.DynamoDBStreams.Model;
using Amazon.Runtime;

namespace WhatsAppBuffer.LimitedFeed.Tests;

public sealed class DynamoDBStreamsTests
{
    [Fact]
    public async Task A_streams_shards_are_described()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json(
            """
            {
              "StreamDescription": {
                "CreationRequestDateTime": 1700000000.5, "KeySchema": [{ "AttributeName": "from", "KeyType": "HASH" }],
                "LastEvaluatedShardId": "s2", "StreamArn": "arn", "StreamLabel": "label", "StreamStatus": "ENABLED",
                "StreamViewType": "NEW_IMAGE", "TableName": "raw_messages", "Shards": [{
                  "ShardId": "s1", "ParentShardId": "s0",
                  "SequenceNumberRange": { "StartingSequenceNumber": "100" }
                }]
              }
            }
            """));
        using AmazonDynamoDBStreamsClient streams = Client(server);

        StreamDescription stream = (await streams.DescribeStreamAsync(new DescribeStreamRequest
        {
            StreamArn = "arn",
            Limit = 10,
            ShardFilter = new ShardFilter { Type = ShardFilterType.CHILD_SHARDS, ShardId = "s0" },
        })).StreamDescription;

        AssertSent(
            server.Request,
            "DescribeStream",
            """{"StreamArn":"arn","Limit":10,"ShardFilter":{"Type":"CHILD_SHARDS","ShardId":"s0"}}""");
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1700000000.5), stream.CreationRequestDateTime!.Value.ToUniversalTime());
        Assert.Equal(("label", "raw_messages", "s2"), (stream.StreamLabel, stream.TableName, stream.LastEvaluatedShardId));
        Assert.Same(StreamStatus.ENABLED, stream.StreamStatus);
        Assert.Same(StreamViewType.NEW_IMAGE, stream.StreamViewType);
        Assert.Same(KeyType.HASH, Assert.Single(stream.KeySchema).KeyType);
        Shard shard = Assert.Single(stream.Shards);
        Assert.Equal(("s1", "s0"), (shard.ShardId, shard.ParentShardId));
        Assert.Equal(("100", null), (shard.SequenceNumberRange.StartingSequenceNumber, shard.SequenceNumberRange.EndingSequenceNumber));
    }

    [Fact]
    public async Task Records_carry_every_type_of_attribute()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json(
            """
            {
              "NextShardIterator": "next", "Records": [{
                "eventID": "e", "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb", "awsRegion": "us-east-1",
                "userIdentity": { "PrincipalId": "dynamodb.amazonaws.com", "Type": "Service" },
                "dynamodb": {
                  "ApproximateCreationDateTime": 1700000000, "SequenceNumber": "7", "SizeBytes": 99, "StreamViewType": "NEW_IMAGE",
                  "Keys": { "id": { "S": "wamid" } },
                  "NewImage": {
                    "s": { "S": "text" }, "n": { "N": "1.5" }, "b": { "B": "AQI=" }, "bool": { "BOOL": false }, "null": { "NULL": true },
                    "ss": { "SS": ["a", "b"] }, "ns": { "NS": ["1"] }, "bs": { "BS": ["AQ=="] },
                    "l": { "L": [{ "S": "x" }, { "M": { "deep": { "L": [] } } }] }
                  }
                }
              }]
            }
            """));
        using AmazonDynamoDBStreamsClient streams = Client(server);

        GetRecordsResponse response = await streams.GetRecordsAsync(new GetRecordsRequest { ShardIterator = "it", Limit = 5 });

        AssertSent(server.Request, "GetRecords", """{"ShardIterator":"it","Limit":5}""");
        Assert.Equal("next", response.NextShardIterator);
        Amazon.DynamoDBStreams.Model.Record record = Assert.Single(response.Records);
        Assert.Equal(("e", "1.1"), (record.EventID, record.EventVersion));
        Assert.Equal(("aws:dynamodb", "us-east-1"), (record.EventSource, record.AwsRegion));
        Assert.Same(OperationType.INSERT, record.EventName);
        Assert.Equal(("dynamodb.amazonaws.com", "Service"), (record.UserIdentity.PrincipalId, record.UserIdentity.Type));
        Assert.Equal(("7", 99), (record.Dynamodb.SequenceNumber, record.Dynamodb.SizeBytes));
        Assert.Equal("wamid", record.Dynamodb.Keys["id"].S);
        Assert.Null(record.Dynamodb.OldImage);

        Dictionary<string, AttributeValue> image = record.Dynamodb.NewImage;
        Assert.Equal(("text", "1.5", false, true), (image["s"].S, image["n"].N, image["bool"].BOOL, image["null"].NULL));
        Assert.Equal([1, 2], image["b"].B.ToArray());
        Assert.Equal(["a", "b"], image["ss"].SS);
        Assert.Equal(["1"], image["ns"].NS);
        Assert.Equal([1], Assert.Single(image["bs"].BS).ToArray());
        Assert.Equal("x", image["l"].L[0].S);
        Assert.Empty(image["l"].L[1].M["deep"].L);
        Assert.Null(image["s"].BOOL);
        Assert.Null(image["s"].L);
    }

    [Fact]
    public async Task An_iterator_is_asked_for_by_type_and_sequence_number()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json("""{"ShardIterator":"it"}"""));
        using AmazonDynamoDBStreamsClient streams = Client(server);

        GetShardIteratorResponse response = await streams.GetShardIteratorAsync(new GetShardIteratorRequest
        {
            StreamArn = "arn",
            ShardId = "s",
            ShardIteratorType = ShardIteratorType.AFTER_SEQUENCE_NUMBER,
            SequenceNumber = "7",
        });

        Assert.Equal("it", response.ShardIterator);
        AssertSent(
            server.Request,
            "GetShardIterator",
            """{"StreamArn":"arn","ShardId":"s","ShardIteratorType":"AFTER_SEQUENCE_NUMBER","SequenceNumber":"7"}""");
    }

    [Fact]
    public async Task Streams_are_listed_and_an_absent_list_is_null()
    {
        await using Loopback server = await Loopback.StartAsync(
            Answer.Json("""{"Streams":[{"StreamArn":"arn","StreamLabel":"l","TableName":"t"}]}"""), Answer.Json("{}"));
        using AmazonDynamoDBStreamsClient streams = Client(server);

        ListStreamsResponse some = await streams.ListStreamsAsync(new ListStreamsRequest { TableName = "t" });
        ListStreamsResponse none = await streams.ListStreamsAsync();

        Assert.Equal(("arn", "l", "t"), (some.Streams[0].StreamArn, some.Streams[0].StreamLabel, some.Streams[0].TableName));
        Assert.Null(none.Streams);
        AssertSent(server.Requests[0], "ListStreams", """{"TableName":"t"}""");
    }

    [Theory]
    [InlineData("ExpiredIteratorException", typeof(ExpiredIteratorException))]
    [InlineData("InternalServerError", typeof(InternalServerErrorException))]
    [InlineData("LimitExceededException", typeof(LimitExceededException))]
    [InlineData("ResourceNotFoundException", typeof(ResourceNotFoundException))]
    [InlineData("TrimmedDataAccessException", typeof(TrimmedDataAccessException))]
    public async Task Each_error_code_has_its_exception(string code, Type exception)
    {
        string body = $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{code}}","message":"m"}""";
        await using Loopback server = await Loopback.StartAsync(new Answer(400, body));
        using AmazonDynamoDBStreamsClient streams = Client(server);

        Assert.IsType(exception, await Xunit.Record.ExceptionAsync(() => streams.GetRecordsAsync("it")));
    }

    [Fact]
    public async Task Its_endpoint_variable_has_an_underscore_for_the_space_and_it_signs_for_dynamodb()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json("{}"));
        using var variables = new EnvironmentVariables(("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", server.Url));
        using var streams = new AmazonDynamoDBStreamsClient(new BasicAWSCredentials("id", "secret"));

        await streams.DescribeStreamAsync("arn");

        WireAssert.SignedFor($"{ProcessEnvironment.Region}/dynamodb", server.Request);
    }

    private static AmazonDynamoDBStreamsClient Client(Loopback server) =>
        new(new BasicAWSCredentials("id", "secret"), new AmazonDynamoDBStreamsConfig { ServiceURL = server.Url, MaxErrorRetry = 0 });

    private static void AssertSent(Received request, string operation, string body)
    {
        Assert.Equal(("POST", "/"), (request.Method, request.Target));
        Assert.Equal($"DynamoDBStreams_20120810.{operation}", request.Header("X-Amz-Target"));
        Assert.Equal("application/x-amz-json-1.0", request.Header("Content-Type"));
        WireAssert.Json(body, request.Body);
    }
}
