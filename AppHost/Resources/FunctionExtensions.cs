using Aspire.Hosting.AWS.Lambda;
using WhatsAppBuffer.AppHost.Choices;
using WhatsAppBuffer.Simulator.Endpoint;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.AppHost.Resources;

internal static class FunctionExtensions
{
    private const string DynamoDbEndpoint = "AWS_ENDPOINT_URL_DYNAMODB";

    /// <summary>A function as a project under the test tool. It speaks to the simulator for all of AWS but a DynamoDB that has a home of its own.</summary>
    /// <typeparam name="TProject">The function's project.</typeparam>
    /// <param name="builder">The application; the test tool is there already.</param>
    /// <param name="function">The function.</param>
    /// <param name="choices">What the developer chose.</param>
    /// <param name="storage">The home of DynamoDB.</param>
    /// <param name="testTool">Hands it its events.</param>
    /// <param name="simulator">Stands for AWS.</param>
    public static IResourceBuilder<LambdaProjectResource> AddFunction<TProject>(
        this IDistributedApplicationBuilder builder,
        FunctionSpec function,
        DeveloperChoices choices,
        Storage storage,
        IResourceBuilder<LambdaEmulatorResource> testTool,
        IResourceBuilder<ProjectResource> simulator)
        where TProject : IProjectMetadata, new()
    {
        EndpointReference aws = simulator.GetEndpoint(SimulatorExtensions.Endpoint);
        return builder
            .AddAWSLambdaFunction<TProject>(ResourceName(function), lambdaHandler: function.Project)
            .WithEnvironment("AWS_ENDPOINT_URL", aws)
            .WithEnvironment(context => Describe(context, function, choices, storage, aws))
            .WithReferenceRelationship(simulator)
            .WaitFor(testTool)
            .WaitFor(simulator)
            .WithIconName("Code");
    }

    /// <summary>Names of Aspire resources have no underscores; the simulator knows the function there under the same name.</summary>
    private static string ResourceName(FunctionSpec function) => function.Name.Replace('_', '-');

    private static void Describe(EnvironmentCallbackContext context, FunctionSpec function, DeveloperChoices choices, Storage storage, EndpointReference aws)
    {
        var local = new AwsAccount();
        var deadLetters = new Uri(new Uri(aws.Url), $"{local.Id}/{function.DeadLetterQueue}");
        foreach ((string name, string value) in FunctionVariables.Of(function, local.Arn("sns", Topics.WhatsAppOut), deadLetters, choices.Account?.Prefix))
        {
            context.EnvironmentVariables[name] = value;
        }

        if (storage.Endpoint is not null)
        {
            context.EnvironmentVariables[DynamoDbEndpoint] = storage.Endpoint;
        }

        context.EnvironmentVariables["AWS_REGION"] = choices.Account?.Region ?? local.Region;
        if (choices.Account is null)
        {
            // Any will do, and the developer's own must not be needed.
            context.EnvironmentVariables["AWS_ACCESS_KEY_ID"] = "local";
            context.EnvironmentVariables["AWS_SECRET_ACCESS_KEY"] = "local";
        }
    }
}
