using LocalAws.Delivery;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings.Filters;

namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>What all shards of a mapping share.</summary>
internal sealed record MappingContext(
    string Id,
    string FunctionArn,
    StreamMappingSettings Settings,
    IReadOnlyList<FilterPattern> Filters,
    IStreamSource Streams,
    IFunctionInvoker Functions,
    DeliveryRouter Router,
    TimeProvider Clock,
    Action<BatchHandedOver> HandedOver,
    Action<string, AwsException> DeliveryFailed);
