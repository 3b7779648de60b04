using WhatsAppBuffer.Topology;
using static WhatsAppBuffer.AppHost.Commands.CommandForm;

namespace WhatsAppBuffer.AppHost.Commands;

/// <summary>What a developer does with the events that functions were sent.</summary>
internal static class FunctionCommands
{
    private const string Function = "function";
    private const string Event = "event";

    public static IResourceBuilder<ProjectResource> WithFunctionCommands(this IResourceBuilder<ProjectResource> simulator, SimulatorClient control) => simulator
        .WithCommand(
            "list-events",
            "List a function's events",
            context => control.GetAsync($"functions/{Argument(context, Function)}/events", context.CancellationToken),
            Options("Shows the last events that a function was sent, with what became of them.", "List", isHighlighted: false, FunctionInput))
        .WithCommand(
            "resend",
            "Send an event again",
            context => control.ResendAsync(Argument(context, Function), Argument(context, Event), context.CancellationToken),
            Options("Sends a function an event that it had, such as once more into a breakpoint.", "ArrowRepeat1", isHighlighted: false, FunctionInput, EventInput));

    private static InteractionInput FunctionInput => new()
    {
        Name = Function,
        Label = "Function",
        InputType = InputType.Choice,
        Required = true,
        Options = [.. FunctionSpecs.All.Select(function => KeyValuePair.Create(function.Name, function.Name))],
        Value = FunctionSpecs.OnRawMessages.Name,
    };

    private static InteractionInput EventInput => new()
    {
        Name = Event,
        Label = "Event",
        Description = "Its id in the list of events; empty for the last one.",
        InputType = InputType.Text,
        Required = false,
    };
}
