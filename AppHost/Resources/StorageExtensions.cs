using WhatsAppBuffer.AppHost.Choices;

namespace WhatsAppBuffer.AppHost.Resources;

internal static class StorageExtensions
{
    /// <summary>The last image that runs without an account token: from 2026.03 on they end without one (LocalStack's notes on release 2026.03.0).</summary>
    private const string LastFreeLocalStack = "4.14";

    /// <summary>In the developer guide's "Release history for DynamoDB local"; its images carry the versions of that page as tags.</summary>
    private const string DynamoDbLocal = "3.3.0";

    /// <summary>The container that is the home of DynamoDB; null when the simulator or AWS is.</summary>
    public static IResourceBuilder<ContainerResource>? AddStorage(this IDistributedApplicationBuilder builder, DeveloperChoices choices) => choices.Storage switch
    {
        StorageKind.LocalStack => builder.AddLocalStack(choices.LocalStackToken),
        StorageKind.DynamoDbLocal => builder.AddDynamoDbLocal(),
        _ => null,
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

    private static IResourceBuilder<ContainerResource> AddDynamoDbLocal(this IDistributedApplicationBuilder builder) => builder
        .AddContainer("dynamodb-local", "amazon/dynamodb-local", DynamoDbLocal)
        .WithImageRegistry("docker.io")
        .WithArgs("-jar", "DynamoDBLocal.jar", "-inMemory", "-sharedDb", "-disableTelemetry")
        .WithHttpEndpoint(targetPort: 8000, name: "http")
        // It has no health page: an unsigned request gets 400 as soon as it listens.
        .WithHttpHealthCheck("/", 400)
        .WithUrlForEndpoint("http", url => url.DisplayText = "DynamoDB Local")
        .WithIconName("Database");
}
