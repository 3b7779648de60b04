using Amazon.DynamoDBv2.Model;
using LocalAws.Events;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>Something to be created on a local cloud.</summary>
/// <param name="Id">What its author calls it, for errors: a logical id of a template.</param>
internal abstract record CloudResource(string Id);

/// <param name="Id">What its author calls it.</param>
/// <param name="Request">Keys, indexes and stream.</param>
/// <param name="TimeToLive">The attribute that expires items, or null.</param>
internal sealed record TableResource(string Id, CreateTableRequest Request, string? TimeToLive) : CloudResource(Id);

/// <param name="Id">What its author calls it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Settings by SNS's names.</param>
internal sealed record TopicResource(string Id, string Name, IReadOnlyDictionary<string, string> Attributes) : CloudResource(Id);

/// <param name="Id">What its author calls it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Settings by SQS's names.</param>
internal sealed record QueueResource(string Id, string Name, IReadOnlyDictionary<string, string> Attributes) : CloudResource(Id);

/// <param name="Id">What its author calls it.</param>
/// <param name="Name">Its name.</param>
internal sealed record BucketResource(string Id, string Name) : CloudResource(Id);

/// <param name="Id">What its author calls it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Type">SSM's type.</param>
internal sealed record ParameterResource(string Id, string Name, string Value, string Type = "String") : CloudResource(Id);

/// <param name="Id">What its author calls it.</param>
/// <param name="Spec">Which function of the system it is; its name may have a prefix.</param>
/// <param name="Definition">Its settings.</param>
internal sealed record FunctionResource(string Id, FunctionSpec Spec, FunctionDefinition Definition) : CloudResource(Id);

/// <param name="Id">What its author calls it.</param>
/// <param name="TopicArn">The topic.</param>
/// <param name="Protocol">SNS's protocol.</param>
/// <param name="Endpoint">Who gets the messages.</param>
/// <param name="Attributes">Settings by SNS's names.</param>
internal sealed record SubscriptionResource(
    string Id, string TopicArn, string Protocol, string Endpoint, IReadOnlyDictionary<string, string> Attributes) : CloudResource(Id);

/// <param name="Id">What its author calls it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Expression">When it fires, in EventBridge's words.</param>
/// <param name="Targets">Who is told.</param>
internal sealed record ScheduleResource(string Id, string Name, string Expression, IReadOnlyList<EventTarget> Targets) : CloudResource(Id)
{
    /// <summary>Whether it fires.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>What it is for, or null.</summary>
    public string? Description { get; init; }
}

/// <param name="Id">What its author calls it.</param>
/// <param name="Table">The table whose stream is read.</param>
/// <param name="Settings">Its settings, yet without the ARN of the stream: a stream has one when it exists.</param>
internal sealed record MappingResource(string Id, string Table, StreamMappingSettings Settings) : CloudResource(Id);

/// <param name="Id">What its author calls it.</param>
/// <param name="Settings">Its settings.</param>
internal sealed record QueueMappingResource(string Id, QueueMappingSettings Settings) : CloudResource(Id);
