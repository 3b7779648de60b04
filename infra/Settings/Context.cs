using System.Text.Json;

namespace WhatsAppBuffer.Infra.Settings;

/// <summary>Where a deployment's settings come from: a stage's file, and what was given by hand, which wins.</summary>
internal static class Context
{
    private const string Stages = "deploy";

    /// <summary>What was given by hand, on the values of the stage that it names.</summary>
    /// <param name="given">From the CDK CLI, or from the launcher.</param>
    /// <param name="root">The repository.</param>
    /// <param name="tell">Is told what differs from the file.</param>
    /// <exception cref="DeploymentException">There is no such stage, or its file is wrong.</exception>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> given, string root, Action<string> tell)
    {
        if (!given.TryGetValue(StageFile.Key, out string? stage))
        {
            return given;
        }

        StageFile file = StageFile.Read(Path.Combine(root, Stages), stage);
        foreach (string line in file.Overrides(given))
        {
            tell(line);
        }

        return file.Under(given);
    }

    /// <summary>What stands under <c>context</c> in cdk.json, and on it what the arguments give: the same that the CDK CLI hands over.</summary>
    /// <param name="arguments">Those of the CDK CLI.</param>
    /// <param name="cdkJson">The text of cdk.json.</param>
    public static IReadOnlyDictionary<string, string> Given(IReadOnlyList<string> arguments, string cdkJson)
    {
        using var file = JsonDocument.Parse(cdkJson);
        Dictionary<string, string> given = file.RootElement.TryGetProperty("context", out JsonElement context) ? new(CliContext.Parse(context.GetRawText())) : [];
        for (int i = 0; i < arguments.Count; i++)
        {
            string? pair = arguments[i] switch
            {
                "-c" or "--context" => i + 1 < arguments.Count ? arguments[i + 1] : null,
                var one when one.StartsWith("--context=", StringComparison.Ordinal) => one["--context=".Length..],
                var one when one.StartsWith("-c=", StringComparison.Ordinal) => one["-c=".Length..],
                _ => null,
            };
            if (pair?.Split('=', 2) is [var key, var value])
            {
                given[key] = value;
            }
        }

        return given;
    }
}
