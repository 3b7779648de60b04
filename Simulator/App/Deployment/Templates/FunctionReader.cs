using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>Reads what belongs to a function: itself, its asynchronous invocation, its event source mapping.</summary>
/// <param name="codeOf">How to start a function of the system; a template only names the archive it was packed into.</param>
internal sealed class FunctionReader(Func<FunctionSpec, FunctionCode> codeOf)
{
    private static readonly FunctionDefinition Defaults = new() { Name = "", Code = new FunctionCode.Program("") };

    /// <exception cref="UserErrorException">It is no function of the system.</exception>
    public FunctionResource Function(TemplateResource resource, string name, ResourceProperties properties)
    {
        properties.Ignore("FunctionName");
        FunctionSpec spec = FunctionSpecs.All.FirstOrDefault(f => name == f.Name || name.EndsWith($"_{f.Name}", StringComparison.Ordinal))
            ?? throw properties.Wrong("FunctionName", $"{string.Join(" or ", FunctionSpecs.All.Select(f => f.Name))}, with or without a prefix: no other program is here");
        ResourceProperties? variables = properties.Object("Environment")?.Object("Variables");
        var definition = new FunctionDefinition
        {
            Name = name,
            Code = codeOf(spec),
            Handler = properties.Text("Handler") ?? Defaults.Handler,
            Runtime = properties.Text("Runtime") ?? Defaults.Runtime,
            MemorySize = properties.Number("MemorySize") ?? Defaults.MemorySize,
            Timeout = TimeSpan.FromSeconds(properties.Number("Timeout") ?? Defaults.Timeout.TotalSeconds),
            ReservedConcurrency = properties.Number("ReservedConcurrentExecutions"),
            Environment = variables?.Rest() ?? Defaults.Environment,
            DeadLetterTargetArn = properties.Object("DeadLetterConfig")?.Text("TargetArn"),
        };
        return new FunctionResource(resource.Id, spec, definition);
    }

    public static (string Function, AsyncInvocationSettings Settings) InvokeConfig(ResourceProperties properties)
    {
        if (properties.RequiredText("Qualifier") != FunctionDefinition.Version)
        {
            throw properties.Wrong("Qualifier", $"{FunctionDefinition.Version}: there are no other versions here");
        }

        var defaults = new AsyncInvocationSettings();
        ResourceProperties? destinations = properties.Object("DestinationConfig");
        return (properties.RequiredText("FunctionName"), new AsyncInvocationSettings
        {
            MaximumRetryAttempts = properties.Number("MaximumRetryAttempts") ?? defaults.MaximumRetryAttempts,
            MaximumEventAgeInSeconds = properties.Number("MaximumEventAgeInSeconds") ?? defaults.MaximumEventAgeInSeconds,
            OnFailure = destinations?.Object("OnFailure")?.Text("Destination"),
            OnSuccess = destinations?.Object("OnSuccess")?.Text("Destination"),
        });
    }

    /// <param name="resource">The mapping.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="tableOf">The name of the table of a logical id, or null when it is no table.</param>
    public static MappingResource Mapping(TemplateResource resource, ResourceProperties properties, Func<string, string?> tableOf)
    {
        string table = (properties.AttributeOwner("EventSourceArn", "StreamArn") is { } id ? tableOf(id) : null)
            ?? throw properties.Wrong("EventSourceArn", "the StreamArn of a table of this template");
        var defaults = new StreamMappingSettings { FunctionName = "", EventSourceArn = "" };
        return new MappingResource(resource.Id, table, defaults with
        {
            FunctionName = properties.RequiredText("FunctionName"),
            StartingPosition = properties.RequiredText("StartingPosition"),
            Enabled = properties.Flag("Enabled") ?? defaults.Enabled,
            BatchSize = properties.Number("BatchSize") ?? defaults.BatchSize,
            MaximumBatchingWindowInSeconds = properties.Number("MaximumBatchingWindowInSeconds") ?? 0,
            TumblingWindowInSeconds = properties.Number("TumblingWindowInSeconds") ?? 0,
            MaximumRetryAttempts = properties.Number("MaximumRetryAttempts") ?? defaults.MaximumRetryAttempts,
            MaximumRecordAgeInSeconds = properties.Number("MaximumRecordAgeInSeconds") ?? defaults.MaximumRecordAgeInSeconds,
            BisectBatchOnFunctionError = properties.Flag("BisectBatchOnFunctionError") ?? false,
            ReportBatchItemFailures = ReportsItems(properties),
            OnFailure = properties.Object("DestinationConfig")?.Object("OnFailure")?.Text("Destination"),
            Filters = [.. (properties.Object("FilterCriteria")?.Objects("Filters") ?? []).Select(filter => filter.RequiredText("Pattern"))],
            ParallelizationFactor = properties.Number("ParallelizationFactor") ?? 1,
        });
    }

    private static bool ReportsItems(ResourceProperties properties) => properties.Texts("FunctionResponseTypes") switch
    {
        [] => false,
        ["ReportBatchItemFailures"] => true,
        _ => throw properties.Wrong("FunctionResponseTypes", "[\"ReportBatchItemFailures\"] or missing"),
    };
}
