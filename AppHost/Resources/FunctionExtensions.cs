using WhatsAppBuffer.AppHost.Choices;
using WhatsAppBuffer.Simulator.Endpoint;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.AppHost.Resources;

internal static class FunctionExtensions
{
    /// <summary>Names of Aspire resources have no underscores; the simulator knows the function there under the same name.</summary>
    public static string ResourceName(this FunctionSpec function) => function.Name.Replace('_', '-');

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

    private static void Describe(EnvironmentCallbackContext context, FunctionSpec function, DeveloperChoices choices, EndpointReference aws)
    {
        OwnAccount? own = choices.Account;
        // The simulator mints its ARNs in this account, and in the region of the tables.
        var account = new AwsAccount();
        account = own is null ? account : account with { Region = own.Region };
        var deadLetters = new Uri(new Uri(aws.Url), $"{account.Id}/{function.DeadLetterQueue}");
        foreach ((string name, string value) in FunctionVariables.Of(
            function, account.Arn("sns", Topics.WhatsAppOut), deadLetters, table => own is null ? table.Name : own.NameOf(table)))
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
