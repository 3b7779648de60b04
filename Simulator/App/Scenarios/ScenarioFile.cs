using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.App.Words;
using LocalAws.Clock;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>Finds and reads scenario files.</summary>
internal static class ScenarioFile
{
    private const string Schema = "$schema";

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
            throw Unknown("scenario or file", nameOrPath);
        }

        return Parse(File.ReadAllText(path), path);
    }

    internal static ScenarioException Unknown(string what, string name)
    {
        string suggestion = Suggestion.For(name, Names);
        return new ScenarioException($"There is no {what} '{name}'{(suggestion.Length > 0 ? suggestion : ".")} Scenarios: {string.Join(", ", Names)}.");
    }

    internal static Scenario Parse(string json, string path)
    {
        if (JsonWords.Problem(Encoding.UTF8.GetBytes(json), ScenarioJsonContext.Default.Scenario, ignored: Schema) is { } problem)
        {
            throw new ScenarioException($"{path} is not a valid scenario: {problem}{(problem.EndsWith('?') ? "" : ".")}");
        }

        JsonNode node = ForeignJson.Node(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        node.AsObject().Remove(Schema);
        Scenario scenario = node.Deserialize(ScenarioJsonContext.Default.Scenario)!;
        Validate(scenario, path);
        return scenario;
    }

    private static void Validate(Scenario scenario, string path)
    {
        Require(scenario.Window is >= 1 and <= 300, "'window' must be 1 to 300 seconds");
        Require(scenario.Speed is >= CloudClock.MinimumSpeed and <= CloudClock.MaximumSpeed, $"'speed' must be {CloudClock.MinimumSpeed} to {CloudClock.MaximumSpeed:N0}");
        Require(scenario.Faults?.Problem() is null, $"in 'faults', {scenario.Faults?.Problem()}");
        Require(scenario.Answers?.Problem() is null, $"in 'answers', {scenario.Answers?.Problem()}");
        Require(scenario.Messages.Count + scenario.Bursts.Count > 0, "it sends nothing: give 'messages' or 'bursts'");
        foreach ((int place, ScriptedMessage message) in scenario.Messages.Index())
        {
            string at = $"messages[{place}]";
            Require(message.At >= 0, $"'at' of {at} is {message.At}; it must be 0 or more");
            Require(message.WrittenBefore >= 0, $"'writtenBefore' of {at} is {message.WrittenBefore}; it must be 0 or more seconds");
            Require(message.Copies >= 1 && message.Repeat >= 1, $"'copies' and 'repeat' of {at} must be at least 1");
            Require(message.Content is not null || message.Text is not null || message.Message is not null, $"{at} has neither 'text', 'content' nor 'message'");
            Require(
                message.Content is not null || message.Text is null || MessageContent.Types.Contains(message.Type),
                $"{at}, of type '{message.Type}', needs 'content'; only {string.Join(", ", MessageContent.Types)} are made up from 'text'");
            string? problem = ScenarioScript.Problem(message);
            Require(problem is null, $"{at}: {problem}");
        }

        foreach ((int place, BurstSpec burst) in scenario.Bursts.Index())
        {
            string at = $"bursts[{place}]";
            Require(burst.At >= 0 && burst.Spread >= 0, $"'at' and 'spread' of {at} must be 0 or more");
            Require(burst.Customers >= 1 && burst.MessagesPerCustomer >= 1, $"'customers' and 'messagesPerCustomer' of {at} must be at least 1");
            Require(burst.MinimumGap >= 0 && burst.MaximumGap >= burst.MinimumGap, $"'minimumGap' and 'maximumGap' of {at} must be 0 or more, and in order");
            Require(burst.Duplicates is >= 0 and <= 1 && burst.Disorder is >= 0 and <= 1, $"'duplicates' and 'disorder' of {at} are shares from 0 to 1");
            string? unknown = burst.Types.Keys.FirstOrDefault(type => !MessageContent.Types.Contains(type));
            Require(unknown is null, $"'types' of {at} has '{unknown}'; it takes {string.Join(", ", MessageContent.Types)}");
            Require(burst.Types.Values.All(weight => weight >= 0), $"the weights in 'types' of {at} must be 0 or more");
        }

        foreach ((int place, AgentAction action) in scenario.Agent.Index())
        {
            Require(action.At >= 0, $"'at' of agent[{place}] is {action.At}; it must be 0 or more");
            Require(action.Action is "end" or "send" or "attach" or "type" or "template", $"'action' of agent[{place}] is '{action.Action}', which is none of 'end', 'send', 'attach', 'type' and 'template'");
            Require(action.Action != "attach" || SampleFiles.OfAgents.Contains(action.File), $"'file' of agent[{place}] is '{action.File}'; an agent attaches {string.Join(", ", SampleFiles.OfAgents)}");
        }

        foreach ((int place, ExpectedTranscript transcript) in scenario.Expect.Transcripts.Index())
        {
            string? problem = ScenarioScript.Problem(transcript);
            Require(problem is null, $"transcripts[{place}]: {problem}");
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
