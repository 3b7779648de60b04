using Aspire.Hosting.AWS.DynamoDB;
using WhatsAppBuffer.AppHost.Choices;

namespace WhatsAppBuffer.AppHost.Resources;

/// <summary>The home of DynamoDB.</summary>
/// <param name="Endpoint">Where it answers; null inside the simulator, which answers for it like for every other service.</param>
/// <param name="Container">What to wait for; null when this AppHost starts nothing for it.</param>
internal sealed record Storage(ReferenceExpression? Endpoint, IResourceBuilder<ContainerResource>? Container);

internal static class StorageExtensions
{
    /// <summary>The last image that runs without an account token.</summary>
    private const string LastFreeLocalStack = "4.14";

    public static Storage AddStorage(this IDistributedApplicationBuilder builder, DeveloperChoices choices) => choices.Storage switch
    {
        StorageKind.LocalStack => At(builder.AddLocalStack(choices.LocalStackToken)),
        StorageKind.DynamoDbLocal => At(builder.AddDynamoDbLocal()),
        StorageKind.Aws => new Storage(ReferenceExpression.Create($"https://dynamodb.{choices.Account!.Region}.amazonaws.com"), null),
        _ => new Storage(null, null),
    };

    private static IResourceBuilder<ContainerResource> AddLocalStack(this IDistributedApplicationBuilder builder, string? token)
    {
        IResourceBuilder<ContainerResource> localStack = builder
            .AddContainer("localstack", "localstack/localstack", token is null ? LastFreeLocalStack : "stable")
            .WithImageRegistry("docker.io")
            .WithHttpEndpoint(targetPort: 4566, name: "http")
            .WithEnvironment("SERVICES", "dynamodb,dynamodbstreams")
            .WithHttpHealthCheck("/_localstack/health")
            .WithUrlForEndpoint("http", url => url.DisplayText = "LocalStack")
            .WithIconName("Database");
        return token is null
            ? localStack
            : localStack.WithEnvironment("LOCALSTACK_AUTH_TOKEN", builder.AddParameter("localstack-auth-token", token, secret: true));
    }

    private static IResourceBuilder<DynamoDBLocalResource> AddDynamoDbLocal(this IDistributedApplicationBuilder builder) => builder
        .AddAWSDynamoDBLocal("dynamodb-local", new DynamoDBLocalOptions { SharedDb = true, InMemory = true, DisableDynamoDBLocalTelemetry = true })
        // It has no health page: an unsigned request gets 400 as soon as it listens.
        .WithHttpHealthCheck("/", 400)
        .WithUrlForEndpoint("http", url => url.DisplayText = "DynamoDB Local")
        .WithIconName("Database");

    private static Storage At<TContainer>(IResourceBuilder<TContainer> container)
        where TContainer : ContainerResource =>
        new(ReferenceExpression.Create($"{container.GetEndpoint("http")}"), container);
}
