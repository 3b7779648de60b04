using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Relay;

/// <summary>A DynamoDB elsewhere that a local cloud uses instead of its own.</summary>
/// <param name="Service">Answers DynamoDB's operations at the cloud's endpoint.</param>
/// <param name="Streams">Its streams, for event source mappings.</param>
public sealed record DynamoDbHome(IAwsService Service, IStreamSource Streams);
