using WhatsAppBuffer.AppHost.Choices;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.AppHost.Resources;

internal static class SimulatorExtensions
{
    public const string Name = "simulator";
    public const string Endpoint = "http";

    /// <summary>The simulator: WhatsApp, Connect and the rest of AWS, the tables in whichever home, the tumbling-window mapping.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="choices">What the developer chose.</param>
    /// <param name="settings">The same as parameters.</param>
    /// <param name="storage">The container that is the home of DynamoDB; null for a home without one.</param>
    public static IResourceBuilder<ProjectResource> AddSimulator(
        this IDistributedApplicationBuilder builder, DeveloperChoices choices, Settings settings, IResourceBuilder<ContainerResource>? storage)
    {
        IResourceBuilder<ProjectResource> simulator = builder.AddProject<Projects.Page>(Name)
            // The dashboard is this AppHost's.
            .WithArgs("up", "--no-dashboard")
            .WithArgs("--release", settings.Release.Resource, "--speed", settings.Speed.Resource)
            .WithHttpEndpoint(choices.Port, name: Endpoint, env: "SIMULATOR_PORT")
            .WithHttpHealthCheck("/_wab/health", endpointName: Endpoint)
            .WithUrlForEndpoint(Endpoint, url =>
            {
                url.Url = "/_wab/?tab=agent";
                url.DisplayText = "Agent desktop";
            })
            .WithUrlForEndpoint(Endpoint, _ => new ResourceUrlAnnotation { Url = "/_wab/?tab=phone", DisplayText = "Send a message" })
            .WithUrlForEndpoint(Endpoint, _ => new ResourceUrlAnnotation { Url = "/", DisplayText = "AWS endpoint" })
            .WithUrlForEndpoint(Endpoint, _ => new ResourceUrlAnnotation
            {
                Url = "/_wab/openapi.json",
                DisplayText = "Control API",
                DisplayLocation = UrlDisplayLocation.DetailsOnly,
            })
            .WithIconName("Cloud");
        simulator.WithEnvironment("SIMULATOR_URL", simulator.GetEndpoint(Endpoint));
        if (choices.Release is ReleaseChoice.Window)
        {
            simulator.WithArgs("--window", settings.Window.Resource);
        }

        simulator.UseStorage(choices, settings, storage);
        return simulator;
    }

    private static void UseStorage(this IResourceBuilder<ProjectResource> simulator, DeveloperChoices choices, Settings settings, IResourceBuilder<ContainerResource>? storage)
    {
        if (choices.Storage != StorageKind.Embedded)
        {
            simulator.WithArgs("--storage", settings.Storage.Resource);
        }

        if (storage is { } container)
        {
            simulator.WithArgs("--storage-endpoint", container.GetEndpoint("http")).WaitFor(container);
        }

        if (choices.Account is { } account)
        {
            simulator.WithArgs("--storage-prefix", account.TablePrefix).WithEnvironment("AWS_REGION", account.Region);
        }
    }
}
