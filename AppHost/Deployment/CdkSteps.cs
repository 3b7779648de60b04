// Aspire calls its pipelines experimental: what changes there concerns this file alone.
#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004
using System.Diagnostics;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.AppHost.Deployment;

/// <summary>
/// What <c>aspire publish</c> and <c>aspire deploy</c> do. What AWS gets is the CDK app's, not this composition: publishing synthesizes it, and deploying
/// refers to the launcher, because the CDK asks before it changes permissions.
/// </summary>
internal static partial class CdkSteps
{
    public static void AddCdkSteps(this IDistributedApplicationBuilder builder)
    {
        builder.Pipeline.AddStep("cdk-synth", context => SynthesizeAsync(Path.GetFullPath("..", builder.AppHostDirectory), context), requiredBy: WellKnownPipelineSteps.Publish);
        builder.Pipeline.AddStep("cdk-deploy", RefuseAsync, requiredBy: WellKnownPipelineSteps.Deploy);
    }

    private static async Task SynthesizeAsync(string root, PipelineStepContext context)
    {
        string output = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory();
        var start = new ProcessStartInfo("dotnet", ["run", "wab.cs", "--", "synth", "--output", output])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process wab = Process.Start(start)!;
        try
        {
            await Task.WhenAll(LogAsync(wab.StandardOutput, context), LogAsync(wab.StandardError, context), wab.WaitForExitAsync(context.CancellationToken));
        }
        catch (OperationCanceledException)
        {
            wab.Kill(entireProcessTree: true);
            throw;
        }

        if (wab.ExitCode != 0)
        {
            throw new InvalidOperationException("`./wab.cs synth` failed; its messages are above. docs/deploy.md says what it needs.");
        }

        context.Summary.Add("CDK output", output);
    }

    private static Task RefuseAsync(PipelineStepContext context) => throw new InvalidOperationException(
        "Deploy with `./wab.cs deploy` (Windows: dotnet run wab.cs -- deploy): the CDK asks before it changes permissions, which it cannot do in here. docs/deploy.md says what it needs.");

    private static async Task LogAsync(StreamReader lines, PipelineStepContext context)
    {
        while (await lines.ReadLineAsync(context.CancellationToken) is { } line)
        {
            Written(context.Logger, line);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    private static partial void Written(ILogger logger, string line);
}
