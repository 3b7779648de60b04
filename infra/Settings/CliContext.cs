using System.Text.Json;

namespace WhatsAppBuffer.Infra.Settings;

/// <summary>Context as the CDK CLI hands it over: from cdk.json and every <c>-c key=value</c>.</summary>
internal static class CliContext
{
    /// <summary>The environment variable that the CLI sets.</summary>
    public const string Variable = "CDK_CONTEXT_JSON";

    /// <param name="json">The variable's value; null outside the CLI.</param>
    /// <returns>Values as text; those that are objects or lists are the CDK's own and left out.</returns>
    public static IReadOnlyDictionary<string, string> Parse(string? json)
    {
        using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(json) ? "{}" : json);
        return document.RootElement.EnumerateObject()
            .Where(property => property.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null))
            .ToDictionary(
                property => property.Name,
                property => property.Value.ValueKind is JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText());
    }
}
