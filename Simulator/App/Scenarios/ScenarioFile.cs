using System.Text.Json;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.Clock;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>Finds and reads scenario files.</summary>
internal static class ScenarioFile
{
    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "scenarios");

    /// <summary>Names of the scenarios that come with the simulator.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Shipped, "*.json").Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(n => n is not "scenario.schema" and not "prices").Order(StringComparer.Ordinal)];

    /// <param name="nameOrPath">A shipped scenario's name, or a file.</param>
    /// <exception cref="ScenarioException">There is no such scenario, or it is not valid.</exception>
    public static Scenario Read(string nameOrPath)
    {
        string shipped = Path.Combine(Shipped, nameOrPath + ".json");
        string path = File.Exists(nameOrPath) ? nameOrPath : shipped;
        if (!File.Exists(path))
        {
            throw new ScenarioException($"There is no scenario or file '{nameOrPath}'. Scenarios: {string.Join(", ", Names)}.");
        }

        return Parse(File.ReadAllText(path), path);
    }

    internal static Scenario Parse(string json, string path)
    {
        try
        {
            JsonNode node = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })
                ?? throw new ScenarioException($"{path} is empty.");
            (node as JsonObject)?.Remove("$schema");
            Scenario scenario = node.Deserialize(ScenarioJsonContext.Default.Scenario)!;
            Validate(scenario, path);
            return scenario;
        }
        catch (JsonException e)
        {
            throw new ScenarioException($"{path} is not a valid scenario: {e.Message}", e);
        }
    }

    private static void Validate(Scenario scenario, string path)
    {
        Require(scenario.Window is >= 1 and <= 300, "'window' must be 1 to 300 seconds");
        Require(scenario.Speed is >= CloudClock.MinimumSpeed and <= CloudClock.MaximumSpeed, $"'speed' must be {CloudClock.MinimumSpeed} to {CloudClock.MaximumSpeed:N0}");
        Require(scenario.Faults?.Problem() is null, $"in 'faults', {scenario.Faults?.Problem()}");
        Require(scenario.Messages.Count + scenario.Bursts.Count > 0, "it sends nothing: give 'messages' or 'bursts'");
        foreach (ScriptedMessage message in scenario.Messages)
        {
            Require(message.At >= 0, $"'at' of a message of {message.Customer} is below 0");
            Require(message.Copies >= 1 && message.Repeat >= 1, $"'copies' and 'repeat' of a message of {message.Customer} must be at least 1");
            Require(message.Content is not null || message.Text is not null, $"a message of {message.Customer} has neither 'text' nor 'content'");
            Require(
                message.Content is not null || MessageContent.Types.Contains(message.Type),
                $"a message of type '{message.Type}' needs 'content'; only {string.Join(", ", MessageContent.Types)} are made up from 'text'");
        }

        foreach (BurstSpec burst in scenario.Bursts)
        {
            Require(burst.Customers >= 1 && burst.MessagesPerCustomer >= 1, "'customers' and 'messagesPerCustomer' of a burst must be at least 1");
            Require(burst.MinimumGap >= 0 && burst.MaximumGap >= burst.MinimumGap, "'minimumGap' and 'maximumGap' of a burst must be 0 or more, and in order");
            Require(burst.Duplicates is >= 0 and <= 1 && burst.Disorder is >= 0 and <= 1, "'duplicates' and 'disorder' of a burst are shares from 0 to 1");
            string? unknown = burst.Types.Keys.FirstOrDefault(type => !MessageContent.Types.Contains(type));
            Require(unknown is null, $"'types' of a burst has '{unknown}'; it takes {string.Join(", ", MessageContent.Types)}");
        }

        foreach (AgentAction action in scenario.Agent)
        {
            Require(action.Action is "end" or "send", $"the agent's action '{action.Action}' is neither 'end' nor 'send'");
        }

        void Require(bool holds, string what)
        {
            if (!holds)
            {
                throw new ScenarioException($"{path} is not a valid scenario: {what}.");
            }
        }
    }
}
