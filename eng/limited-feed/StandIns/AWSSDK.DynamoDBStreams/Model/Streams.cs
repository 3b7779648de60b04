using Amazon.Runtime;

namespace Amazon.DynamoDBStreams.Model;

public partial class DescribeStreamRequest : AmazonDynamoDBStreamsRequest
{
    public string StreamArn { get; set; }
    public string ExclusiveStartShardId { get; set; }
    public int? Limit { get; set; }
    public ShardFilter ShardFilter { get; set; }
}

public partial class ShardFilter
{
    public ShardFilterType Type { get; set; }
    public string ShardId { get; set; }
}

public partial class DescribeStreamResponse : AmazonWebServiceResponse
{
    public StreamDescription StreamDescription { get; set; }
}

public partial class StreamDescription
{
    public DateTime? CreationRequestDateTime { get; set; }
    public List<KeySchemaElement> KeySchema { get; set; }
    public string LastEvaluatedShardId { get; set; }
    public List<Shard> Shards { get; set; }
    public string StreamArn { get; set; }
    public string StreamLabel { get; set; }
    public StreamStatus StreamStatus { get; set; }
    public StreamViewType StreamViewType { get; set; }
    public string TableName { get; set; }
}

public partial class KeySchemaElement
{
    public string AttributeName { get; set; }
    public KeyType KeyType { get; set; }
}

public partial class Shard
{
    public string ShardId { get; set; }
    public string ParentShardId { get; set; }
    public SequenceNumberRange SequenceNumberRange { get; set; }
}

public partial class SequenceNumberRange
{
    public string StartingSequenceNumber { get; set; }
    public string EndingSequenceNumber { get; set; }
}

public partial class ListStreamsRequest : AmazonDynamoDBStreamsRequest
{
    public string TableName { get; set; }
    public int? Limit { get; set; }
    public string ExclusiveStartStreamArn { get; set; }
}

public partial class ListStreamsResponse : AmazonWebServiceResponse
{
    public List<StreamSummary> Streams { get; set; }
    public string LastEvaluatedStreamArn { get; set; }
}

public partial class StreamSummary
{
    public string StreamArn { get; set; }
    public string StreamLabel { get; set; }
    public string TableName { get; set; }
}
