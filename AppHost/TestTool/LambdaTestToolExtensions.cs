using Aspire.Hosting.AWS.Lambda;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WhatsAppBuffer.AppHost.Choices;
using WhatsAppBuffer.AppHost.Resources;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.AppHost.TestTool;

/// <summary><c>--lambda emulator</c>. This folder is all that needs Aspire.Hosting.AWS; a package feed without it leaves the folder out of the build.</summary>
internal static class LambdaTestToolExtensions
{
    private const string Remedy = """
        The AWS Lambda Test Tool ended before it answered; the log above says why. Install it with "dotnet tool install -g Amazon.Lambda.TestTool", or choose --lambda attached, which needs no tool.
        """;

    /// <summary>The functions as projects under the AWS Lambda Test Tool, which the simulator hands their events to, one at a time.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="choices">What the developer chose.</param>
    /// <param name="simulator">Stands for AWS.</param>
    public static void AddFunctionsUnderTestTool(this IDistributedApplicationBuilder builder, DeveloperChoices choices, IResourceBuilder<ProjectResource> simulator)
    {
        IResourceBuilder<LambdaEmulatorResource> testTool = builder.AddLambdaTestTool(onMissing: sentence =>
        {
            Console.Error.WriteLine($"AppHost: {sentence}");
            Environment.ExitCode = 2;
        });
        simulator.WithArgs("--lambda-endpoint", testTool.GetEndpoint("http")).WaitFor(testTool);
        builder.AddFunction<Projects.OnRawMessages>(FunctionSpecs.OnRawMessages, choices, testTool, simulator);
        builder.AddFunction<Projects.MessageAggregator>(FunctionSpecs.MessageAggregator, choices, testTool, simulator);
        builder.AddFunction<Projects.WhatsAppEventHandler>(FunctionSpecs.WhatsAppEventHandler, choices, testTool, simulator);
        builder.AddFunction<Projects.ConnectEventHandler>(FunctionSpecs.ConnectEventHandler, choices, testTool, simulator);
        builder.AddFunction<Projects.SendWhatsAppMessage>(FunctionSpecs.SendWhatsAppMessage, choices, testTool, simulator);
    }

    /// <summary>The AWS Lambda Test Tool: runs one sandbox of each function, which may sit at a breakpoint, and shows every event in its page.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="onMissing">
    /// Gets a sentence for the developer when the tool ends before it ever answered, as it does where it could not be installed. The application ends
    /// then: in Aspire, what waits for a process to get healthy waits on when it has ended.
    /// </param>
    internal static IResourceBuilder<LambdaEmulatorResource> AddLambdaTestTool(this IDistributedApplicationBuilder builder, Action<string> onMissing)
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

    private static void AddFunction<TProject>(
        this IDistributedApplicationBuilder builder,
        FunctionSpec function,
        DeveloperChoices choices,
        IResourceBuilder<LambdaEmulatorResource> testTool,
        IResourceBuilder<ProjectResource> simulator)
        where TProject : IProjectMetadata, new() => builder
            .AddAWSLambdaFunction<TProject>(function.ResourceName(), lambdaHandler: function.Project)
            .AsFunction(function, choices, simulator)
            .WaitFor(testTool);
}
