// The system as Aspire sees it: docs/aspire.md says what can be chosen.
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppBuffer.AppHost.Choices;
using WhatsAppBuffer.AppHost.Commands;
using WhatsAppBuffer.AppHost.Deployment;
using WhatsAppBuffer.AppHost.Resources;
#if LAMBDA_TEST_TOOL
using WhatsAppBuffer.AppHost.TestTool;
#endif

IDistributedApplicationBuilder builder = DistributedApplication.CreateBuilder(args);
if (builder.ExecutionContext.IsPublishMode)
{
    builder.AddCdkSteps();
    await builder.Build().RunAsync();
    return Environment.ExitCode;
}

DeveloperChoices choices;
try
{
    choices = await DeveloperChoices.ReadAsync(builder.Configuration, new ContainerRuntime(Environment.GetEnvironmentVariable, TimeProvider.System), CancellationToken.None);
    if (!builder.Configuration.GetValue<bool>("DcpPublisher:RandomizePorts"))
    {
        await new EndpointPort(TimeProvider.System, Console.Out).WhenFreeAsync(choices.Port, CancellationToken.None);
    }
}
catch (ChoiceException e)
{
    await Console.Error.WriteLineAsync($"AppHost: {e.Message}");
    return 2;
}

// What waits for a container that cannot start fails with it, instead of waiting for ever.
builder.Services.Configure<ResourceNotificationServiceOptions>(options => options.DefaultWaitBehavior = WaitBehavior.StopOnResourceUnavailable);

var settings = builder.AddSettings(choices);
var storage = builder.AddStorage(choices);
var simulator = builder.AddSimulator(choices, settings, storage).WithSimulatorCommands(choices);
switch (choices.Lambda)
{
    case LambdaKind.Attached:
        builder.AddAttachedFunctions(choices, simulator);
        break;
#if LAMBDA_TEST_TOOL
    case LambdaKind.Emulator:
        builder.AddFunctionsUnderTestTool(choices, simulator);
        break;
#endif
}

try
{
    await builder.Build().RunAsync();
}
catch (OperationCanceledException) when (Environment.ExitCode != 0)
{
    // A part that cannot be had ended it while it started, and has said so.
}

return Environment.ExitCode;
