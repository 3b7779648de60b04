using Aspire.Hosting.AWS.Lambda;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace WhatsAppBuffer.AppHost.Resources;

internal static class LambdaTestToolExtensions
{
    private const string Remedy = """
        The AWS Lambda Test Tool ended before it answered; the log above says why. Install it with "dotnet tool install -g Amazon.Lambda.TestTool", or choose --lambda simulator, which needs no tool.
        """;

    /// <summary>The AWS Lambda Test Tool: runs one sandbox of each function, which may sit at a breakpoint, and shows every event in its page.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="onMissing">
    /// Gets a sentence for the developer when the tool ends before it ever answered, as it does where it could not be installed. The application ends
    /// then: in Aspire, what waits for a process to get healthy waits on when it has ended.
    /// </param>
    public static IResourceBuilder<LambdaEmulatorResource> AddLambdaTestTool(this IDistributedApplicationBuilder builder, Action<string> onMissing)
    {
        bool answered = false;
        return builder
            // Saved requests belong to the developer, not into the project; and with a development certificate there would be two endpoints.
            .AddAWSLambdaServiceEmulator(new LambdaEmulatorOptions { ConfigStoragePath = "", DisableHttpsEndpoint = true })
            .WithHttpHealthCheck("/lambda-runtime-api/healthcheck", endpointName: "http")
            .WithUrlForEndpoint("http", url => url.DisplayText = "Lambda test page")
            .WithIconName("Bug")
            .OnResourceReady((_, _, _) =>
            {
                answered = true;
                return Task.CompletedTask;
            })
            .OnResourceStopped((_, stopped, _) =>
            {
                var application = stopped.Services.GetRequiredService<IHostApplicationLifetime>();
                if (!answered && !application.ApplicationStopping.IsCancellationRequested)
                {
                    onMissing(Remedy);
                    application.StopApplication();
                }

                return Task.CompletedTask;
            });
    }
}
