using LocalAws;
using LocalAws.Lambda;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.App.Deployment.Templates;
using WhatsAppBuffer.Simulator.App.Storage;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>Puts the pipeline on a local cloud, as <see cref="Topology"/> or a synthesized template describes it.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="endpoint">Where it listens.</param>
/// <param name="storage">Where the tables live.</param>
/// <param name="options">Buffer, template, and where the functions are.</param>
/// <param name="elsewhere">Where the functions run, when another Lambda endpoint runs them; null for processes of the cloud's own.</param>
internal sealed class PipelineDeployment(LocalCloud cloud, Uri endpoint, OpenStorage storage, SimulatorOptions options, IFunctionInvoker? elsewhere)
{
    private static readonly TimeSpan LimitToReachTheStream = TimeSpan.FromSeconds(30);

    /// <exception cref="UserErrorException">A function was not built, the template cannot be set up, or the stream cannot be read.</exception>
    public async Task<DeployedPipeline> RunAsync(CancellationToken cancellationToken)
    {
        TemplateContents? template = options.Template is { } file ? new TemplateReader(cloud.Account, endpoint, CodeOf).Read(Template.Load(file)) : null;
        IReadOnlyList<CloudResource> resources =
        [
            .. (template?.Resources ?? new TopologyResources(cloud.Account, endpoint, options.Wiring, options.Release, options.BufferSeconds, CodeOf, options.Storage.NameOf).All).Select(FromNowOn),
        ];
        PipelineResources pipeline = PipelineResources.Find(resources, cloud.Account);
        IReadOnlyDictionary<string, EventSourceMappingState> mappings = await new CloudDeployer(cloud, endpoint, LocalVariables).RunAsync(resources, cancellationToken);
        await WhenEnabledAsync(mappings[pipeline.Mapping.Id].Id, cancellationToken);
        IReadOnlyList<string> filled = ContactCentre.SetUp(cloud, pipeline.ConfigParameter);
        TemplateBook.SetUp(cloud, pipeline.TemplateParameter);
        foreach (BusinessNumber number in BusinessNumber.All)
        {
            cloud.SocialMessaging.AddPhoneNumber(number.AwsId);
        }

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
        [Variables.LeaseSeconds] = FunctionVariables.LeaseAt(options.Speed),
    };

    /// <summary>A home that outlives us may keep records of an earlier run in its streams: the mapping begins after them.</summary>
    private CloudResource FromNowOn(CloudResource resource) => resource is MappingResource mapping && storage.MayHoldOldRecords
        ? mapping with { Settings = mapping.Settings with { StartingPosition = "LATEST" } }
        : resource;

    /// <summary>A mapping that begins at the end of the stream misses what is written before it is enabled.</summary>
    private async Task WhenEnabledAsync(string mappingId, CancellationToken cancellationToken)
    {
        for (long began = TimeProvider.System.GetTimestamp(); storage.MayHoldOldRecords && cloud.Mappings.Get(mappingId) is { State: not "Enabled" } mapping;)
        {
            if (TimeProvider.System.GetElapsedTime(began) > LimitToReachTheStream)
            {
                throw new UserErrorException($"The stream {mapping.Settings.EventSourceArn} in the storage {storage.Description} cannot be read: {mapping.LastProcessingResult}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    private FunctionCode CodeOf(FunctionSpec function)
    {
        if (options.Attached.Contains(function.Name))
        {
            return new FunctionCode.Attached { EnforcesTimeout = options.EnforceTimeouts };
        }

        if (elsewhere is not null)
        {
            return new FunctionCode.Remote(elsewhere);
        }

        FunctionExecutable executable = FunctionExecutable.Find(function, options.FunctionsFolder);
        return new FunctionCode.Program(executable.FileName, executable.Arguments) { WorkingDirectory = executable.WorkingDirectory };
    }
}

/// <summary>A pipeline on a local cloud.</summary>
/// <param name="Resources">What it consists of.</param>
/// <param name="MappingId">Id of the event source mapping.</param>
/// <param name="Notes">What a user should know of how it was set up, a line each.</param>
internal sealed record DeployedPipeline(PipelineResources Resources, string MappingId, IReadOnlyList<string> Notes);
