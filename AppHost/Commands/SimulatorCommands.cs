using WhatsAppBuffer.AppHost.Choices;
using WhatsAppBuffer.AppHost.Resources;
using static WhatsAppBuffer.AppHost.Commands.CommandForm;

namespace WhatsAppBuffer.AppHost.Commands;

/// <summary>What a developer does with the simulator from the dashboard, over its control API.</summary>
internal static class SimulatorCommands
{
    private const string Customer = "customer";
    private const string Scenario = "scenario";
    private const string Word = "word";

    public static IResourceBuilder<ProjectResource> WithSimulatorCommands(this IResourceBuilder<ProjectResource> simulator, DeveloperChoices choices)
    {
        var control = new SimulatorClient(simulator.GetEndpoint(SimulatorExtensions.Endpoint), TimeProvider.System);
        return simulator
            .WithCommand(
                "send-burst",
                "Send the guide's burst",
                context => control.PostAsync($"burst?customer={Argument(context, Customer)}", context.CancellationToken),
                Options("A customer writes the guide's four messages; the agent sees one when the buffer is over.", "ChatMultiple", isHighlighted: true, CustomerInput("Kike", isRequired: true)))
            .WithCommand(
                "run-scenario",
                "Run a scenario",
                context => control.PostAsync($"scenarios/{Argument(context, Scenario)}", context.CancellationToken),
                Options("Plays a scenario against this system and judges it.", "PlayCircle", isHighlighted: true, ScenarioInput(simulator.ApplicationBuilder.AppHostDirectory)))
            .WithCommand(
                "end-chats",
                "End the chat",
                context => control.PostAsync($"chats/end?customer={Argument(context, Customer)}", context.CancellationToken),
                Options("The agent ends the open chats; the customer's next message begins a new one.", "CallEnd", isHighlighted: false, CustomerInput("", isRequired: false)))
            .WithCommand(
                "redrive",
                "Redrive dead letters",
                context => control.PostAsync("dead-letters/redrive", context.CancellationToken),
                Options("Invokes the functions again with what they could not handle.", "ArrowRepeatAll", isHighlighted: false))
            .WithCommand(
                "reset",
                "Reset",
                context => control.PostAsync($"reset?word={Argument(context, Word)}", context.CancellationToken),
                Confirmed(
                    Options("Forgets all messages, chats, dead letters and counts; the clock runs on at the speed it began with.", "ArrowReset", isHighlighted: false, [.. choices.Account is null ? Array.Empty<InteractionInput>() : [WordInput]]),
                    "Forget all messages, chats and dead letters?"))
            .WithFunctionCommands(control)
            .WithClockCommands(control);
    }

    private static InteractionInput CustomerInput(string value, bool isRequired) => new()
    {
        Name = Customer,
        Label = "Customer",
        Description = isRequired ? "Who writes: a profile name." : "A profile name; empty for every open chat.",
        InputType = InputType.Text,
        Required = isRequired,
        Value = value,
    };

    private static InteractionInput WordInput => new()
    {
        Name = Word,
        Label = "Word",
        Description = "The word that the simulator's log shows at its start: a reset deletes items in your AWS account.",
        InputType = InputType.Text,
        Required = true,
    };

    private static InteractionInput ScenarioInput(string appHostDirectory)
    {
        string[] names =
        [
            .. Directory.EnumerateFiles(Path.Combine(appHostDirectory, "..", "Simulator", "Scenarios"), "*.json")
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Where(name => name is not "scenario.schema" and not "prices")
                .Order(StringComparer.Ordinal),
        ];
        return new InteractionInput
        {
            Name = Scenario,
            Label = "Scenario",
            Description = "Files of Simulator/Scenarios. It waits for the buffer, so it takes its time.",
            InputType = InputType.Choice,
            Required = true,
            Options = [.. names.Select(name => KeyValuePair.Create(name, name))],
            Value = names.FirstOrDefault(name => name == "rapid-burst"),
        };
    }
}
