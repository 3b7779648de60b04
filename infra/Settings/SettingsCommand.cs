using System.Text.Json;

namespace WhatsAppBuffer.Infra.Settings;

/// <summary>
/// <c>settings [-c key=value …] [--deployed FILE]</c>, for the launcher: reads a deployment's settings without the CDK, says on one line of JSON what the launcher needs to know
/// (<see cref="Prepared"/>), and in sentences what the deployment would change and take away of the one that stands.
/// </summary>
/// <param name="root">The repository.</param>
/// <param name="output">Gets the line.</param>
/// <param name="tell">Is told the rest.</param>
internal sealed class SettingsCommand(string root, TextWriter output, Action<string> tell)
{
    /// <summary>Something would be taken away.</summary>
    public const int Refused = 3;

    /// <param name="arguments">Those after <c>settings</c>.</param>
    /// <returns>0, or <see cref="Refused"/>.</returns>
    /// <exception cref="DeploymentException">Names everything that is wrong.</exception>
    public int Run(IReadOnlyList<string> arguments)
    {
        IReadOnlyDictionary<string, string> given = Context.Given(arguments, File.ReadAllText(Path.Combine(root, "infra", "cdk.json")));
        var settings = DeploymentSettings.Parse(Context.Of(given, root, line => tell($"By hand: {line}")));
        int at = arguments.ToList().IndexOf("--deployed");
        DeployedStack[] stacks = at < 0 || at + 1 >= arguments.Count ? [] : DeployedStack.Read(File.ReadAllText(arguments[at + 1]));
        DeployedStack? stack = stacks.FirstOrDefault(stack => stack.Name == settings.StackName);
        output.WriteLine(JsonSerializer.Serialize(
            new Prepared(
                settings.StackName,
                settings.Packaging is PackageKind.Managed,
                settings.Architecture.ToString().ToLowerInvariant(),
                at < 0 || stack is not null,
                stack?.Outputs.GetValueOrDefault("ConfigCreatedWith")),
            SettingsJson.Default.Prepared));
        return at < 0 ? 0 : Compare(settings, stack, stacks);
    }

    private int Compare(DeploymentSettings settings, DeployedStack? stack, IReadOnlyList<DeployedStack> stacks)
    {
        List<string> dropped = [];
        if (settings.Stage is { } stage)
        {
            dropped.AddRange(stacks
                .Where(other => other.Name != settings.StackName && other.Settings?.GetValueOrDefault(StageFile.Key) == stage)
                .Select(other => $"The stage {stage} is deployed as {other.Name}; with this prefix it would be a second system, {settings.StackName}, and the first would go on beside it."));
        }

        if (stack?.Settings is { } before)
        {
            foreach (string line in DeployedSettings.Changed(before, settings.Given))
            {
                tell($"Changed: {line}");
            }

            dropped.AddRange(DeployedSettings.Dropped(before, settings.Given));
        }
        else if (stack is not null)
        {
            tell($"{stack.Name} was deployed by a version that did not write down its settings: give the same again.");
        }

        foreach (string line in dropped)
        {
            tell($"Taken away: {line}");
        }

        return dropped.Count == 0 ? 0 : Refused;
    }
}

/// <summary>What the launcher needs to know before it publishes and calls the CDK.</summary>
/// <param name="StackName">The stack.</param>
/// <param name="Managed">Whether functions are for the managed runtime.</param>
/// <param name="Architecture">The processor.</param>
/// <param name="Exists">Whether the stack stands already, as far as that was looked at.</param>
/// <param name="ConfigCreatedWith">The stack's output of that name.</param>
internal sealed record Prepared(string StackName, bool Managed, string Architecture, bool Exists, string? ConfigCreatedWith);

/// <summary>A stack as <c>aws cloudformation describe-stacks</c> tells of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Outputs">Its outputs.</param>
internal sealed record DeployedStack(string Name, IReadOnlyDictionary<string, string> Outputs)
{
    /// <summary>What it was deployed with; null when it does not say.</summary>
    public IReadOnlyDictionary<string, string>? Settings => Outputs.TryGetValue("DeployedSettings", out string? written) ? DeployedSettings.Read(written) : null;

    /// <summary>A stack that never stood: the CDK deletes it and begins anew.</summary>
    private static readonly string[] NeverStood = ["ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS"];

    /// <param name="json">What the AWS CLI answered.</param>
    /// <returns>The stacks that stand.</returns>
    public static DeployedStack[] Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.GetProperty("Stacks").EnumerateArray()
                .Where(stack => !(stack.TryGetProperty("StackStatus", out JsonElement status) && NeverStood.Contains(status.GetString())))
                .Select(stack => new DeployedStack(
                stack.GetProperty("StackName").GetString()!,
                stack.TryGetProperty(nameof(Outputs), out JsonElement outputs)
                    ? outputs.EnumerateArray().ToDictionary(each => each.GetProperty("OutputKey").GetString()!, each => each.GetProperty("OutputValue").GetString()!)
                    : [])),
        ];
    }
}

/// <summary>JSON without reflection.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(Prepared))]
internal sealed partial class SettingsJson : System.Text.Json.Serialization.JsonSerializerContext;
