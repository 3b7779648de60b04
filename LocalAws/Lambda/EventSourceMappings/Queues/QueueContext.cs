using LocalAws.Sqs;

namespace LocalAws.Lambda.EventSourceMappings.Queues;

/// <summary>What a queue's mapping works with.</summary>
internal sealed record QueueContext(
    string Id,
    QueueMappingSettings Settings,
    string QueueName,
    IReadOnlyList<QueueFilter> Filters,
    SqsEngine Queues,
    IFunctionInvoker Functions,
    TimeProvider Clock,
    Action<MessagesHandedOver> HandedOver);
