using System.Text.Json;

namespace WhatsAppBuffer.Infra.Settings;

/// <summary>What a stack's output says of the settings that it was deployed with, and what another deployment would take away.</summary>
internal static class DeployedSettings
{
    /// <summary>Given once, taken away only with a word: without them nobody is told, or what was meant to last goes.</summary>
    private static readonly string[] Targets = ["alarmEmail", "alarmTopicArn", "ticketEmail", "ticketTopicArn"];

    /// <summary>The context as it was used, as a JSON object of texts, sorted.</summary>
    public static string Write(DeploymentSettings settings)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach ((string key, string value) in settings.Given.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(json.ToArray());
    }

    /// <exception cref="JsonException">It is none.</exception>
    public static IReadOnlyDictionary<string, string> Read(string output)
    {
        using var json = JsonDocument.Parse(output);
        return json.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString() ?? "");
    }

    /// <summary>What the next deployment takes away of the one before, in sentences; empty when nothing.</summary>
    /// <param name="before">The deployed settings.</param>
    /// <param name="after">The next.</param>
    public static IReadOnlyList<string> Dropped(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        List<string> dropped = [];
        if (Targets.Any(before.ContainsKey) && !Targets.Any(after.ContainsKey))
        {
            dropped.Add("Alarms would go nowhere: the deployed stack has a target.");
        }

        if (after.GetValueOrDefault("removalPolicy") == "destroy" && before.GetValueOrDefault("removalPolicy") != "destroy")
        {
            dropped.Add("Tables, bucket, key and logs would lose their protection (removalPolicy=destroy).");
        }

        if (after.GetValueOrDefault("pointInTimeRecovery") is "false" or "no" && before.GetValueOrDefault("pointInTimeRecovery") is not ("false" or "no"))
        {
            dropped.Add("The tables' continuous backup would end (pointInTimeRecovery=false).");
        }

        dropped.AddRange(before.Keys.Except(after.Keys).Order(StringComparer.Ordinal).Select(key => $"{key} was {before[key]}, and nothing gives it any more."));
        return dropped;
    }

    /// <summary>What the next deployment changes or adds, in lines.</summary>
    /// <param name="before">The deployed settings.</param>
    /// <param name="after">The next.</param>
    public static IReadOnlyList<string> Changed(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        [.. after.Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {before.GetValueOrDefault(pair.Key) ?? "(not given)"} → {pair.Value}")];
}
