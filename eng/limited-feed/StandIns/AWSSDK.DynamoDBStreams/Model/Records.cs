using Amazon.Runtime;

namespace Amazon.DynamoDBStreams.Model;

public partial class GetShardIteratorRequest : AmazonDynamoDBStreamsRequest
{
    public string StreamArn { get; set; }
    public string ShardId { get; set; }
    public ShardIteratorType ShardIteratorType { get; set; }
    public string SequenceNumber { get; set; }
}

public partial class GetShardIteratorResponse : AmazonWebServiceResponse
{
    public string ShardIterator { get; set; }
}

public partial class GetRecordsRequest : AmazonDynamoDBStreamsRequest
{
    public string ShardIterator { get; set; }
    public int? Limit { get; set; }
}

public partial class GetRecordsResponse : AmazonWebServiceResponse
{
    public List<Record> Records { get; set; }
    public string NextShardIterator { get; set; }
}

public partial class Record
{
    public string AwsRegion { get; set; }
    public StreamRecord Dynamodb { get; set; }
    public string EventID { get; set; }
    public OperationType EventName { get; set; }
    public string EventSource { get; set; }
    public string EventVersion { get; set; }
    public Identity UserIdentity { get; set; }
}

public partial class StreamRecord
{
    public DateTime? ApproximateCreationDateTime { get; set; }
    public Dictionary<string, AttributeValue> Keys { get; set; }
    public Dictionary<string, AttributeValue> NewImage { get; set; }
    public Dictionary<string, AttributeValue> OldImage { get; set; }
    public string SequenceNumber { get; set; }
    public long? SizeBytes { get; set; }
    public StreamViewType StreamViewType { get; set; }
}

public partial class Identity
{
    public string PrincipalId { get; set; }
    public string Type { get; set; }
}

public partial class AttributeValue
{
    public MemoryStream B { get; set; }
    public bool? BOOL { get; set; }
    public List<MemoryStream> BS { get; set; }
    public List<AttributeValue> L { get; set; }
    public Dictionary<string, AttributeValue> M { get; set; }
    public string N { get; set; }
    public List<string> NS { get; set; }
    public bool? NULL { get; set; }
    public string S { get; set; }
    public List<string> SS { get; set; }
}
