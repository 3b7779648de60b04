using System.Text.Json;
using Amazon.DynamoDBStreams.Model;
using Amazon.LimitedFeed;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.DynamoDBStreams;

internal static class Operations
{
    public static readonly Service Service = new("DynamoDB Streams", "dynamodb", "streams.dynamodb", "2012-08-10");

    public static readonly InvokeOptions DescribeStream = Operation<DescribeStreamRequest, DescribeStreamResponse>(
        "DescribeStream",
        (json, input) =>
        {
            json.Text("StreamArn", input.StreamArn);
            json.Text("ExclusiveStartShardId", input.ExclusiveStartShardId);
            json.Number("Limit", input.Limit);
            json.Object("ShardFilter", input.ShardFilter, Write);
        },
        json => new DescribeStreamResponse { StreamDescription = json.Object("StreamDescription", ReadDescription) });

    public static readonly InvokeOptions GetRecords = Operation<GetRecordsRequest, GetRecordsResponse>(
        "GetRecords",
        (json, input) =>
        {
            json.Text("ShardIterator", input.ShardIterator);
            json.Number("Limit", input.Limit);
        },
        json => new GetRecordsResponse
        {
            Records = json.List("Records", ReadRecord),
            NextShardIterator = json.Text("NextShardIterator"),
        });

    public static readonly InvokeOptions GetShardIterator = Operation<GetShardIteratorRequest, GetShardIteratorResponse>(
        "GetShardIterator",
        (json, input) =>
        {
            json.Text("StreamArn", input.StreamArn);
            json.Text("ShardId", input.ShardId);
            json.Text("ShardIteratorType", input.ShardIteratorType);
            json.Text("SequenceNumber", input.SequenceNumber);
        },
        json => new GetShardIteratorResponse { ShardIterator = json.Text("ShardIterator") });

    public static readonly InvokeOptions ListStreams = Operation<ListStreamsRequest, ListStreamsResponse>(
        "ListStreams",
        (json, input) =>
        {
            json.Text("TableName", input.TableName);
            json.Number("Limit", input.Limit);
            json.Text("ExclusiveStartStreamArn", input.ExclusiveStartStreamArn);
        },
        json => new ListStreamsResponse
        {
            Streams = json.List("Streams", json => new StreamSummary
            {
                StreamArn = json.Text("StreamArn"),
                StreamLabel = json.Text("StreamLabel"),
                TableName = json.Text("TableName"),
            }),
            LastEvaluatedStreamArn = json.Text("LastEvaluatedStreamArn"),
        });

    private static InvokeOptions Operation<TRequest, TResponse>(
        string name, Action<Utf8JsonWriter, TRequest> write, Func<JsonElement, TResponse> read)
        where TRequest : AmazonDynamoDBStreamsRequest
        where TResponse : AmazonWebServiceResponse =>
        new JsonProtocol(Service, Exception, "application/x-amz-json-1.0").Operation(
            (_, request) => request.Headers["X-Amz-Target"] = $"DynamoDBStreams_20120810.{name}", write, read);

    private static void Write(Utf8JsonWriter json, ShardFilter filter)
    {
        json.Text("Type", filter.Type);
        json.Text("ShardId", filter.ShardId);
    }

    private static StreamDescription ReadDescription(JsonElement json) => new()
    {
        CreationRequestDateTime = json.EpochSeconds("CreationRequestDateTime"),
        KeySchema = json.List("KeySchema", json => new KeySchemaElement
        {
            AttributeName = json.Text("AttributeName"),
            KeyType = json.Text("KeyType"),
        }),
        LastEvaluatedShardId = json.Text("LastEvaluatedShardId"),
        Shards = json.List("Shards", json => new Shard
        {
            ShardId = json.Text("ShardId"),
            ParentShardId = json.Text("ParentShardId"),
            SequenceNumberRange = json.Object("SequenceNumberRange", json => new SequenceNumberRange
            {
                StartingSequenceNumber = json.Text("StartingSequenceNumber"),
                EndingSequenceNumber = json.Text("EndingSequenceNumber"),
            }),
        }),
        StreamArn = json.Text("StreamArn"),
        StreamLabel = json.Text("StreamLabel"),
        StreamStatus = json.Text("StreamStatus"),
        StreamViewType = json.Text("StreamViewType"),
        TableName = json.Text("TableName"),
    };

    private static Record ReadRecord(JsonElement json) => new()
    {
        AwsRegion = json.Text("awsRegion"),
        Dynamodb = json.Object("dynamodb", json => new StreamRecord
        {
            ApproximateCreationDateTime = json.EpochSeconds("ApproximateCreationDateTime"),
            Keys = json.Map("Keys", ReadAttribute),
            NewImage = json.Map("NewImage", ReadAttribute),
            OldImage = json.Map("OldImage", ReadAttribute),
            SequenceNumber = json.Text("SequenceNumber"),
            SizeBytes = json.Number("SizeBytes"),
            StreamViewType = json.Text("StreamViewType"),
        }),
        EventID = json.Text("eventID"),
        EventName = json.Text("eventName"),
        EventSource = json.Text("eventSource"),
        EventVersion = json.Text("eventVersion"),
        UserIdentity = json.Object("userIdentity", json => new Identity
        {
            PrincipalId = json.Text("PrincipalId"),
            Type = json.Text("Type"),
        }),
    };

    private static AttributeValue ReadAttribute(JsonElement json) => new()
    {
        B = json.Blob("B"),
        BOOL = json.Flag("BOOL"),
        BS = json.List("BS", JsonElementExtensions.Blob),
        L = json.List("L", ReadAttribute),
        M = json.Map("M", ReadAttribute),
        N = json.Text("N"),
        NS = json.Texts("NS"),
        NULL = json.Flag("NULL"),
        S = json.Text("S"),
        SS = json.Texts("SS"),
    };

    private static AmazonDynamoDBStreamsException Exception(Fault fault) => fault.Code switch
    {
        nameof(ExpiredIteratorException) => new ExpiredIteratorException(fault.Message, fault.Cause),
        "InternalServerError" => new InternalServerErrorException(fault.Message, fault.Cause),
        nameof(LimitExceededException) => new LimitExceededException(fault.Message, fault.Cause),
        nameof(ResourceNotFoundException) => new ResourceNotFoundException(fault.Message, fault.Cause),
        nameof(TrimmedDataAccessException) => new TrimmedDataAccessException(fault.Message, fault.Cause),
        _ => new AmazonDynamoDBStreamsException(fault.Message, fault.Cause),
    };
}
