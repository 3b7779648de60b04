using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Simulation.Tests.World;

/// <summary>Amazon's client of an operator, whose calls always go through.</summary>
internal sealed class OpenDynamoDb(InProcessDynamoDb dynamoDb) : AmazonDynamoDBClient(new AnonymousAWSCredentials(), dynamoDb.Config)
{
    public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) =>
        dynamoDb.Open(() => base.GetItemAsync(request, CancellationToken.None));

    public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) =>
        dynamoDb.Open(() => base.QueryAsync(request, CancellationToken.None));

    public override Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) =>
        dynamoDb.Open(() => base.PutItemAsync(request, CancellationToken.None));

    public override Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default) =>
        dynamoDb.Open(() => base.DeleteItemAsync(request, CancellationToken.None));
}
