using Aspire.Hosting.AWS.Lambda;

namespace WhatsAppBuffer.AppHost.Resources;

internal static class LambdaTestToolExtensions
{
    /// <summary>The AWS Lambda Test Tool: runs one sandbox of each function, which may sit at a breakpoint, and shows every event in its page.</summary>
    public static IResourceBuilder<LambdaEmulatorResource> AddLambdaTestTool(this IDistributedApplicationBuilder builder) => builder
        // Saved requests belong to the developer, not into the project; and with a development certificate there would be two endpoints.
        .AddAWSLambdaServiceEmulator(new LambdaEmulatorOptions { ConfigStoragePath = "", DisableHttpsEndpoint = true })
        .WithHttpHealthCheck("/lambda-runtime-api/healthcheck", endpointName: "http")
        .WithUrlForEndpoint("http", url => url.DisplayText = "Lambda test page")
        .WithIconName("Bug");
}
