using System.Text.Json;

namespace WhatsAppBuffer.Infra.Settings;

/// <summary>
/// The settings of a deployment, checked in as <c>deploy/STAGE.json</c>: the context keys by their names, those with a dot as objects (<c>"tags": { "team": "care" }</c>). What is given by
/// hand (<c>-c key=value</c>) wins.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Values">Its values as text, by context key.</param>
internal sealed record StageFile(string Path, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The context key that names the stage.</summary>
    public const string Key = "stage";

    private const string Schema = "$schema";

    /// <param name="folder">The folder of stages.</param>
    /// <param name="stage">The stage's name.</param>
    /// <exception cref="DeploymentException">There is no such file, or it is not an object of values.</exception>
    public static StageFile Read(string folder, string stage)
    {
        string path = System.IO.Path.Combine(folder, $"{stage}.json");
        if (!ContextPatterns.Stage().IsMatch(stage) || !File.Exists(path))
        {
            string[] known = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Where(name => !name.EndsWith(".schema", StringComparison.Ordinal)).Order(StringComparer.Ordinal)] : [];
            throw new DeploymentException($"There is no stage '{stage}': its settings would be {path}. {(known.Length == 0 ? "There is none yet; docs/deploy.md shows one." : $"There are {string.Join(", ", known)}.")}");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var values = new Dictionary<string, string>();
            Collect(document.RootElement, "", values);
            values.Remove(Schema);
            return new StageFile(path, values);
        }
        catch (JsonException wrong)
        {
            throw new DeploymentException($"{path} is not JSON: {wrong.Message}");
        }
    }

    /// <summary>The file's values and, on top of them, what was given by hand.</summary>
    /// <param name="given">What was given by hand.</param>
    public IReadOnlyDictionary<string, string> Under(IReadOnlyDictionary<string, string> given)
    {
        var both = new Dictionary<string, string>(Values);
        foreach ((string key, string value) in given)
        {
            both[key] = value;
        }

        return both;
    }

    /// <summary>One line for each value that was given by hand and says something else than the file.</summary>
    /// <param name="given">What was given by hand.</param>
    public IEnumerable<string> Overrides(IReadOnlyDictionary<string, string> given) =>
        from pair in given
        where ContextPatterns.OwnKey().IsMatch(pair.Key) && pair.Key != Key && Values.GetValueOrDefault(pair.Key) != pair.Value
        orderby pair.Key
        select $"{pair.Key}={pair.Value} (given by hand; {System.IO.Path.GetFileName(Path)} says {Values.GetValueOrDefault(pair.Key) ?? "nothing"})";

    private static void Collect(JsonElement element, string key, Dictionary<string, string> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    Collect(member.Value, key.Length == 0 ? member.Name : $"{key}.{member.Name}", values);
                }

                break;
            case JsonValueKind.String:
                values[key] = element.GetString()!;
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                values[key] = element.GetRawText();
                break;
            case JsonValueKind.Null or JsonValueKind.Array or JsonValueKind.Undefined:
            default:
                throw new DeploymentException($"'{(key.Length == 0 ? "the whole file" : key)}' of a stage is {element.ValueKind}: give a text, a number, true or false.");
        }
    }
}
