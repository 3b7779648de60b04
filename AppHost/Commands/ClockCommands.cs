using static WhatsAppBuffer.AppHost.Commands.CommandForm;

namespace WhatsAppBuffer.AppHost.Commands;

/// <summary>What a developer does with the simulator's clock from the dashboard. Functions live in real time: docs/clock.md.</summary>
internal static class ClockCommands
{
    private const string Seconds = "seconds";
    private const string Factor = "factor";

    public static IResourceBuilder<ProjectResource> WithClockCommands(this IResourceBuilder<ProjectResource> simulator, SimulatorClient control) => simulator
        .WithCommand(
            "freeze-clock",
            "Freeze the clock",
            context => control.PostAsync("clock/freeze", context.CancellationToken),
            Options("No window closes and nothing is retried until the clock goes on or is stepped.", "Pause", isHighlighted: false))
        .WithCommand(
            "go-on",
            "Let the clock go on",
            context => control.PostAsync("clock/go-on", context.CancellationToken),
            Options("The clock runs on from where it stands.", "Play", isHighlighted: false))
        .WithCommand(
            "step-clock",
            "Step the clock",
            context => control.PostAsync(Argument(context, Seconds) is { Length: > 0 } seconds ? $"clock/step?seconds={seconds}" : "clock/step", context.CancellationToken),
            Options("Puts the clock forward; every timer that is due on the way fires.", "Next", isHighlighted: false, SecondsInput))
        .WithCommand(
            "set-speed",
            "Speed up the clock",
            context => control.PostAsync($"clock/speed?factor={Argument(context, Factor)}", context.CancellationToken),
            Options("Makes the clock faster or slower than life from now on.", "TopSpeed", isHighlighted: false, FactorInput));

    private static InteractionInput SecondsInput => new()
    {
        Name = Seconds,
        Label = "Seconds",
        Description = "How far, at most 86400; empty for the next timer.",
        InputType = InputType.Number,
        Required = false,
    };

    private static InteractionInput FactorInput => new()
    {
        Name = Factor,
        Label = "Factor",
        Description = "Seconds of the clock per real second, 0.001 to 10000.",
        InputType = InputType.Number,
        Required = true,
        Value = "10",
    };
}
