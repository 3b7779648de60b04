using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>What of a deployment the simulator refers to later, found by the roles that functions play: names may have a prefix.</summary>
internal sealed record PipelineResources
{
    /// <summary>ARN of the topic that <c>on_raw_messages</c> listens to.</summary>
    public required string TopicIn { get; init; }

    /// <summary>Name of the table it writes.</summary>
    public required string RawMessagesTable { get; init; }

    /// <summary>Name of the table with the outboxes, when a schedule looks through its index of what waits; else null.</summary>
    public required string? SweptTable { get; init; }

    /// <summary>All tables.</summary>
    public required IReadOnlyList<TableResource> Tables { get; init; }

    /// <summary>Name of the parameter with instance and flow.</summary>
    public required string ConfigParameter { get; init; }

    /// <summary>Name of the parameter with the templates; null in a deployment whose flows send none.</summary>
    public required string? TemplateParameter { get; init; }

    /// <summary>The mapping that invokes <c>message_aggregator</c>.</summary>
    public required MappingResource Mapping { get; init; }

    /// <summary>Names of all functions.</summary>
    public required IReadOnlyList<string> Functions { get; init; }

    /// <summary>Names of the queues of dead letters: all that no function receives from.</summary>
    public required IReadOnlyList<string> Queues { get; init; }

    /// <summary>Whether the customer ends a burst, and not the clock.</summary>
    public required bool IsQuiet { get; init; }

    /// <summary>How long a burst is collected, in seconds; under <see cref="IsQuiet"/> only how long the stream is.</summary>
    public int BufferSeconds => Mapping.Settings.MaximumBatchingWindowInSeconds;

    /// <exception cref="UserErrorException">A part of the pipeline is missing.</exception>
    public static PipelineResources Find(IReadOnlyList<CloudResource> resources, AwsAccount account)
    {
        FunctionDefinition onRawMessages = Function(resources, FunctionSpecs.OnRawMessages);
        FunctionDefinition aggregator = Function(resources, FunctionSpecs.MessageAggregator);
        FunctionDefinition eventHandler = Function(resources, FunctionSpecs.WhatsAppEventHandler);
        return new PipelineResources
        {
            TopicIn = resources.OfType<SubscriptionResource>().FirstOrDefault(to => Reaches(to.Endpoint, onRawMessages, resources, account))?.TopicArn
                ?? throw Missing($"a subscription of {onRawMessages.Name} to a topic"),
            RawMessagesTable = Variable(onRawMessages, Variables.RawMessagesTable),
            SweptTable = resources.OfType<ScheduleResource>().Any() ? Variable(aggregator, Variables.TableName) : null,
            Tables = [.. resources.OfType<TableResource>()],
            IsQuiet = aggregator.Environment.GetValueOrDefault(Variables.ReleasePolicy) == "quiet",
            ConfigParameter = Variable(eventHandler, Variables.ConfigParamName),
            TemplateParameter = resources.OfType<FunctionResource>().FirstOrDefault(function => function.Spec == FunctionSpecs.SendWhatsAppMessage)?.Definition.Environment.GetValueOrDefault(Variables.TemplateParamName),
            Mapping = resources.OfType<MappingResource>().FirstOrDefault(mapping => Is(mapping.Settings.FunctionName, aggregator, account))
                ?? throw Missing($"an event source mapping of {aggregator.Name}"),
            Functions = [.. resources.OfType<FunctionResource>().Select(function => function.Definition.Name)],
            Queues = [.. resources.OfType<QueueResource>().Select(queue => queue.Name).Where(name => !MappingsOf(account.Arn("sqs", name), resources).Any())],
        };
    }

    private static FunctionDefinition Function(IReadOnlyList<CloudResource> resources, FunctionSpec spec) =>
        resources.OfType<FunctionResource>().FirstOrDefault(function => function.Spec == spec)?.Definition ?? throw Missing($"the function {spec.Name}");

    private static string Variable(FunctionDefinition function, string name) =>
        function.Environment.GetValueOrDefault(name) ?? throw Missing($"the variable {name} of {function.Name}");

    /// <summary>Whether what is sent to an endpoint invokes a function, straight or by way of a queue.</summary>
    private static bool Reaches(string endpoint, FunctionDefinition function, IReadOnlyList<CloudResource> resources, AwsAccount account) =>
        Is(endpoint, function, account) || MappingsOf(endpoint, resources).Any(mapping => Is(mapping.Settings.FunctionName, function, account));

    private static IEnumerable<QueueMappingResource> MappingsOf(string queueArn, IReadOnlyList<CloudResource> resources) =>
        resources.OfType<QueueMappingResource>().Where(mapping => mapping.Settings.EventSourceArn == queueArn);

    private static bool Is(string nameOrArn, FunctionDefinition function, AwsAccount account) =>
        nameOrArn == function.Name || nameOrArn == account.Arn("lambda", $"function:{function.Name}");

    private static UserErrorException Missing(string part) =>
        new($"The deployment lacks {part}; without it no message gets through. docs/how-it-works.md shows all parts.");
}
