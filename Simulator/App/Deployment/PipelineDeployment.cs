using System.Globalization;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.App.Deployment.Templates;
using WhatsAppBuffer.Simulator.Lambda.EventSourceMappings;
using WhatsAppBuffer.Simulator.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>Puts the pipeline on a local cloud, as <see cref="Topology"/> or a synthesized template describes it.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="endpoint">Where it listens.</param>
/// <param name="options">Buffer, template, and where the functions are.</param>
internal sealed class PipelineDeployment(LocalCloud cloud, Uri endpoint, SimulatorOptions options)
{
    /// <exception cref="UserErrorException">A function was not built, or the template cannot be set up.</exception>
    public async Task<DeployedPipeline> RunAsync(CancellationToken cancellationToken)
    {
        TemplateContents? template = options.Template is { } file ? new TemplateReader(cloud.Account, endpoint, CodeOf).Read(Template.Load(file)) : null;
        IReadOnlyList<CloudResource> resources = template?.Resources ?? new TopologyResources(cloud.Account, endpoint, options.BufferSeconds, CodeOf).All;
        PipelineResources pipeline = PipelineResources.Find(resources, cloud.Account);
        IReadOnlyDictionary<string, EventSourceMappingState> mappings = await new CloudDeployer(cloud, endpoint, LocalVariables).RunAsync(resources, cancellationToken);
        IReadOnlyList<string> filled = ContactCentre.SetUp(cloud, pipeline.ConfigParameter);
        cloud.SocialMessaging.AddPhoneNumber(BusinessNumber.Default.AwsId);
        return new DeployedPipeline(
            pipeline,
            mappings[pipeline.Mapping.Id].Id,
            template is null ? [] : [.. template.Summary, .. filled.Select(member => $"Filled in, as docs/deploy.md asks of you on AWS: {member} of {pipeline.ConfigParameter}")]);
    }

    /// <summary>
    /// What functions need to know because they run here. Lambda's retries come early on a fast clock, but the functions live in real time: the
    /// lease shrinks with the clock, as far as calls to Connect allow, so that a retry finds it as it would on AWS.
    /// </summary>
    private Dictionary<string, string> LocalVariables => new()
    {
        ["AWS_ENDPOINT_URL"] = endpoint.ToString(),
        [Variables.LeaseSeconds] = ((int)Math.Clamp(30 / options.Speed, 6, 30)).ToString(CultureInfo.InvariantCulture),
    };

    private FunctionCode.Program CodeOf(FunctionSpec function)
    {
        FunctionExecutable executable = FunctionExecutable.Find(function, options.FunctionsFolder);
        return new FunctionCode.Program(executable.FileName, executable.Arguments) { WorkingDirectory = executable.WorkingDirectory };
    }
}

/// <summary>A pipeline on a local cloud.</summary>
/// <param name="Resources">What it consists of.</param>
/// <param name="MappingId">Id of the event source mapping.</param>
/// <param name="Notes">What a user should know of how it was set up, a line each.</param>
internal sealed record DeployedPipeline(PipelineResources Resources, string MappingId, IReadOnlyList<string> Notes);
