using System.Globalization;
using WhatsAppBuffer.AppHost.Choices;

namespace WhatsAppBuffer.AppHost.Resources;

/// <summary>The developer's choices as Aspire parameters: the dashboard shows them with what they mean.</summary>
/// <param name="Release">What ends a burst.</param>
/// <param name="Window">The buffer in seconds.</param>
/// <param name="Speed">Seconds of the simulator's clock per real second.</param>
/// <param name="Storage">The home of DynamoDB.</param>
/// <param name="Lambda">Who runs the functions.</param>
internal sealed record Settings(
    IResourceBuilder<ParameterResource> Release,
    IResourceBuilder<ParameterResource> Window,
    IResourceBuilder<ParameterResource> Speed,
    IResourceBuilder<ParameterResource> Storage,
    IResourceBuilder<ParameterResource> Lambda);

internal static class SettingsExtensions
{
    public static Settings AddSettings(this IDistributedApplicationBuilder builder, DeveloperChoices choices) => new(
        builder.AddParameter("release", choices.ReleaseName)
            .WithDescription("What ends a burst: the customer (quiet), or the clock, as in the guide (window). Change it with --release; --window means window."),
        builder.AddParameter("window", choices.WindowSeconds.ToString(CultureInfo.InvariantCulture))
            .WithDescription("The buffer in seconds where the clock ends a burst. Change it with --window."),
        builder.AddParameter("speed", choices.Speed.ToString(CultureInfo.InvariantCulture))
            .WithDescription("Seconds of the simulator's clock per real second. Change it with --speed."),
        builder.AddParameter("storage", choices.StorageName)
            .WithDescription("The home of DynamoDB: embedded, dynamodb-local, localstack or aws. Change it with --storage."),
        builder.AddParameter("lambda", choices.LambdaName)
            .WithDescription("Who runs the functions: attached (projects here, with breakpoints), simulator (several at once, as on AWS) or emulator (the test tool's page). Change it with --lambda."));
}
