using LocalAws.DynamoDb.Wire;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.DynamoDb;

/// <summary>DynamoDB's protocol (AWS JSON 1.0, target <c>DynamoDB_20120810</c>) over an engine.</summary>
/// <param name="engine">The engine that does the work.</param>
public sealed class DynamoDbService(DynamoDbEngine engine) : AwsService("dynamodb", DynamoDbProtocol.Of("DynamoDB_20120810", "DynamoDB"))
{
    private protected override IReadOnlyList<AwsOperation> Table => [.. new TableWire(engine).Operations, .. new ItemWire(engine).Operations, .. new BatchWire(engine).Operations];
}
