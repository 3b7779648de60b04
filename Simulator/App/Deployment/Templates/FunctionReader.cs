using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>Reads what belongs to a function: itself, its asynchronous invocation.</summary>
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
}
