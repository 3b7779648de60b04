using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppBuffer.AppHost.Choices;
using WhatsAppBuffer.AppHost.Commands;
using LocalAws.Endpoint;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.AppHost.Resources;

internal static class FunctionExtensions
{
    /// <summary>Names of Aspire resources have no underscores; the simulator knows the function there under the same name.</summary>
    public static string ResourceName(this FunctionSpec function) => function.Name.Replace('_', '-');

    /// <summary>
    /// The functions as ordinary projects of this application. Each takes its work from the simulator, which queues, retries and counts as ever, and is
    /// healthy when it has asked for work: then a breakpoint in it is hit.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="choices">What the developer chose.</param>
    /// <param name="simulator">Stands for AWS.</param>
    public static void AddAttachedFunctions(this IDistributedApplicationBuilder builder, DeveloperChoices choices, IResourceBuilder<ProjectResource> simulator)
    {
        simulator.WithArgs("--attach", "all");
        builder.AddAttachedFunction<Projects.OnRawMessages>(FunctionSpecs.OnRawMessages, choices, simulator);
        builder.AddAttachedFunction<Projects.MessageAggregator>(FunctionSpecs.MessageAggregator, choices, simulator);
        builder.AddAttachedFunction<Projects.WhatsAppEventHandler>(FunctionSpecs.WhatsAppEventHandler, choices, simulator);
        builder.AddAttachedFunction<Projects.ConnectEventHandler>(FunctionSpecs.ConnectEventHandler, choices, simulator);
        builder.AddAttachedFunction<Projects.SendWhatsAppMessage>(FunctionSpecs.SendWhatsAppMessage, choices, simulator);
    }

    /// <summary>A project as one of the functions. All of AWS is the simulator for it, which passes on what belongs to another home of DynamoDB.</summary>
    /// <typeparam name="TResource">Whose project it is: Aspire's own, or one under a test tool.</typeparam>
    /// <param name="project">The function's project.</param>
    /// <param name="function">The function.</param>
    /// <param name="choices">What the developer chose.</param>
    /// <param name="simulator">Stands for AWS.</param>
    public static IResourceBuilder<TResource> AsFunction<TResource>(
        this IResourceBuilder<TResource> project, FunctionSpec function, DeveloperChoices choices, IResourceBuilder<ProjectResource> simulator)
        where TResource : ProjectResource
    {
        EndpointReference aws = simulator.GetEndpoint(SimulatorExtensions.Endpoint);
        return project
            .WithEnvironment("AWS_ENDPOINT_URL", aws)
            .WithEnvironment(context => Describe(context, function, choices, aws))
            .WaitFor(simulator)
            .WithIconName("Code");
    }

    private static void AddAttachedFunction<TProject>(
        this IDistributedApplicationBuilder builder, FunctionSpec function, DeveloperChoices choices, IResourceBuilder<ProjectResource> simulator)
        where TProject : IProjectMetadata, new()
    {
        string sandbox = $"{function.Name}-slot-0";
        string health = $"{function.Name}-has-asked-for-work";
        EndpointReference aws = simulator.GetEndpoint(SimulatorExtensions.Endpoint);
        builder.Services.AddHealthChecks().AddCheck(health, new HasAskedForWork(function, new SimulatorClient(aws, TimeProvider.System)));
        // The function's own launch profile is for an `up` without Aspire.
        builder.AddProject<TProject>(function.ResourceName(), project => project.ExcludeLaunchProfile = true)
            .AsFunction(function, choices, simulator)
            .WithEnvironment("AWS_LAMBDA_RUNTIME_API", ReferenceExpression.Create($"{aws.Property(EndpointProperty.HostAndPort)}/_runtime/{function.Name}"))
            .WithEnvironment("AWS_LAMBDA_FUNCTION_NAME", function.Name)
            .WithEnvironment("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", function.MemoryMegabytes.ToString(CultureInfo.InvariantCulture))
            .WithEnvironment("AWS_LAMBDA_LOG_STREAM_NAME", sandbox)
            // Goes with every call, so that the simulator knows whose it is.
            .WithEnvironment("AWS_SESSION_TOKEN", sandbox)
            // A person reads them, in the dashboard.
            .WithEnvironment("AWS_LAMBDA_LOG_FORMAT", "Text")
            .WithHealthCheck(health);
    }

    private static void Describe(EnvironmentCallbackContext context, FunctionSpec function, DeveloperChoices choices, EndpointReference aws)
    {
        OwnAccount? own = choices.Account;
        // The simulator mints its ARNs in this account, and in the region of the tables.
        var account = new AwsAccount();
        account = own is null ? account : account with { Region = own.Region };
        var home = new Uri(aws.Url);
        foreach ((string name, string value) in FunctionVariables.Of(
            function,
            Wiring.Queues,
            choices.Release,
            account.Arn("sns", Topics.WhatsAppOut),
            Buckets.WhatsAppBuffer(account.Id, account.Region, prefix: null),
            queue => new Uri(home, $"{account.Id}/{queue}"),
            table => own is null ? table.Name : own.NameOf(table)))
        {
            context.EnvironmentVariables[name] = value;
        }

        context.EnvironmentVariables[Variables.LeaseSeconds] = FunctionVariables.LeaseAt(choices.Speed);

        // The simulator takes any credentials, and the developer's own are no business of a function here.
        context.EnvironmentVariables["AWS_REGION"] = account.Region;
        context.EnvironmentVariables["AWS_ACCESS_KEY_ID"] = "local";
        context.EnvironmentVariables["AWS_SECRET_ACCESS_KEY"] = "local";
    }
}
