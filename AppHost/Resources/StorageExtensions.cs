using Aspire.Hosting.AWS.DynamoDB;
using WhatsAppBuffer.AppHost.Choices;

namespace WhatsAppBuffer.AppHost.Resources;

internal static class StorageExtensions
{
    /// <summary>The last image that runs without an account token.</summary>
    private const string LastFreeLocalStack = "4.14";

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

    private static IResourceBuilder<DynamoDBLocalResource> AddDynamoDbLocal(this IDistributedApplicationBuilder builder) => builder
        .AddAWSDynamoDBLocal("dynamodb-local", new DynamoDBLocalOptions { SharedDb = true, InMemory = true, DisableDynamoDBLocalTelemetry = true })
        // It has no health page: an unsigned request gets 400 as soon as it listens.
        .WithHttpHealthCheck("/", 400)
        .WithUrlForEndpoint("http", url => url.DisplayText = "DynamoDB Local")
        .WithIconName("Database");
}
