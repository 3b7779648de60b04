// The system as Aspire sees it: docs/aspire.md says what can be chosen.
using Microsoft.Extensions.DependencyInjection;
using WhatsAppBuffer.AppHost.Choices;
using WhatsAppBuffer.AppHost.Commands;
using WhatsAppBuffer.AppHost.Resources;
using WhatsAppBuffer.Topology;

IDistributedApplicationBuilder builder = DistributedApplication.CreateBuilder(args);
DeveloperChoices choices;
try
{
    choices = await DeveloperChoices.ReadAsync(builder.Configuration, new ContainerRuntime(Environment.GetEnvironmentVariable, TimeProvider.System), CancellationToken.None);
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
string? missing = null;
var testTool = choices.Lambda == LambdaKind.Emulator ? builder.AddLambdaTestTool(onMissing: sentence => missing = sentence) : null;
var simulator = builder.AddSimulator(choices, settings, storage, testTool).WithSimulatorCommands();
if (testTool is not null)
{
    builder.AddFunction<Projects.OnRawMessages>(FunctionSpecs.OnRawMessages, choices, testTool, simulator);
    builder.AddFunction<Projects.MessageAggregator>(FunctionSpecs.MessageAggregator, choices, testTool, simulator);
    builder.AddFunction<Projects.WhatsAppEventHandler>(FunctionSpecs.WhatsAppEventHandler, choices, testTool, simulator);
}

try
{
    await builder.Build().RunAsync();
}
catch (OperationCanceledException) when (missing is not null)
{
    // It ended while it started.
}

if (missing is not null)
{
    await Console.Error.WriteLineAsync($"AppHost: {missing}");
    return 2;
}

return 0;
