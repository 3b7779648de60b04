using LocalAws.DynamoDb.Wire;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.DynamoDb;

/// <summary>The protocol of DynamoDB Streams (AWS JSON 1.0, target <c>DynamoDBStreams_20120810</c>) over an engine.</summary>
/// <param name="engine">The engine that keeps the streams.</param>
public sealed class DynamoDbStreamsService(DynamoDbEngine engine) : AwsService("dynamodbstreams", DynamoDbProtocol.Of("DynamoDBStreams_20120810", "DynamoDB Streams"))
{
    private protected override IReadOnlyList<AwsOperation> Table => new StreamWire(engine).Operations;
}
