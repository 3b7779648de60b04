using WhatsAppBuffer.Simulator.Delivery;
using WhatsAppBuffer.Simulator.DynamoDb.Streams;
using WhatsAppBuffer.Simulator.Endpoint;
using WhatsAppBuffer.Simulator.Lambda.EventSourceMappings.Filters;

namespace WhatsAppBuffer.Simulator.Lambda.EventSourceMappings.Shards;

/// <summary>What all shards of a mapping share.</summary>
internal sealed record MappingContext(
    string Id,
    string FunctionArn,
    EventSourceMappingSettings Settings,
    IReadOnlyList<FilterPattern> Filters,
    IStreamSource Streams,
    IFunctionInvoker Functions,
    DeliveryRouter Router,
    TimeProvider Clock,
    Action<BatchHandedOver> HandedOver,
    Action<string, AwsException> DeliveryFailed);
