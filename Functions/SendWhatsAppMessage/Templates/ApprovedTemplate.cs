using System.Text.Json;
using System.Text.RegularExpressions;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.SendWhatsAppMessage.Templates;

/// <summary>
/// A template that WhatsApp has approved, as the SSM parameter describes it: Meta's own JSON, in which <c>{{name}}</c> stands for the value of that name that a flow gives.
/// </summary>
/// <param name="Name">WhatsApp's name of it.</param>
/// <param name="Language">Such as <c>en_US</c>.</param>
/// <param name="Components">Meta's components.</param>
/// <remarks>Source: Meta, messages API reference, "Template messages"; "Template components".</remarks>
internal sealed partial record ApprovedTemplate(string Name, string Language, IReadOnlyList<JsonElement> Components)
{
    private const string Body = "body";

    /// <summary>The guide's body has an empty list of parameters: the values <c>input1</c>, <c>input2</c>, … fill it by their place.</summary>
    private const string Input = "input";

    private const int MostInputs = 20;

    /// <exception cref="ConfigurationException">Something is missing or wrong.</exception>
    /// <param name="settings">The object <c>template</c>.</param>
    /// <param name="name">Its name where it says none.</param>
    public static ApprovedTemplate Read(SettingsReader settings, string? name)
    {
        string own = name is null ? settings.Required("name", "write the name of an approved template", most: 512) : settings.Text("name", most: 512) ?? name;
        string language = LanguageIn(settings);
        IReadOnlyList<JsonElement> components = settings.Objects("components");
        for (int i = 0; i < components.Count; i++)
        {
            if (components[i].Text("type") is null)
            {
                throw settings.Wrong($"components[{i}].type", "is missing or empty: write header, body or button");
            }

            JsonElement[] texts = [.. components[i].Items("parameters").Where(parameter => parameter.Text("type") == "text")];
            if (texts.Any(text => text.Text("parameter_name") is not null) && texts.Any(text => text.Text("parameter_name") is null))
            {
                throw settings.Wrong($"components[{i}].parameters", "has some with parameter_name and some without: a template has names for all or for none");
            }
        }

        return new ApprovedTemplate(own, language, components);
    }

    /// <summary>Names of the values that it takes from a flow and that are not there.</summary>
    public IReadOnlyList<string> Missing(IReadOnlyDictionary<string, string> values) => [.. Components.SelectMany(NamesIn).Distinct().Where(name => !values.ContainsKey(name))];

    /// <summary>Names of the values that it takes of those that are there.</summary>
    public IReadOnlyList<string> Taken(IReadOnlyDictionary<string, string> values) =>
        [.. Components.SelectMany(NamesIn).Concat(TakesInputs ? Inputs(values) : []).Distinct().Where(values.ContainsKey)];

    /// <summary>Writes Meta's object <c>template</c>.</summary>
    /// <param name="writer">Writes the request.</param>
    /// <param name="values">Nothing is <see cref="Missing"/>.</param>
    public void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> values)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, Name);
        writer.WriteStartObject("language"u8);
        writer.WriteString("code"u8, Language);
        writer.WriteEndObject();
        writer.WriteStartArray("components"u8);
        foreach (JsonElement component in Components.Where(component => !IsEmptyBody(component)))
        {
            Write(writer, component, values);
        }

        if (TakesInputs && Inputs(values).ToList() is { Count: > 0 } inputs)
        {
            WriteBody(writer, inputs.Select(name => values[name]));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private bool TakesInputs => Components.All(component => component.Text("type") != Body || IsEmptyBody(component));

    private static bool IsEmptyBody(JsonElement component) => component.Text("type") == Body && !component.Items("parameters").Any();

    private static IEnumerable<string> Inputs(IReadOnlyDictionary<string, string> values) =>
        Enumerable.Range(1, MostInputs).Select(place => $"{Input}{place}").TakeWhile(values.ContainsKey);

    private static void WriteBody(Utf8JsonWriter writer, IEnumerable<string> texts)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, Body);
        writer.WriteStartArray("parameters"u8);
        foreach (string text in texts)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, IReadOnlyDictionary<string, string> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach ((string name, JsonElement value) in element.Members())
                {
                    writer.WritePropertyName(name);
                    Write(writer, value, values);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(writer, item, values);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Placeholder().Replace(element.Words() ?? "", match => values[match.Groups["name"].Value]));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static IEnumerable<string> NamesIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.Members().SelectMany(member => NamesIn(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(NamesIn),
        JsonValueKind.String => Placeholder().Matches(element.Words() ?? "").Select(match => match.Groups["name"].Value),
        _ => [],
    };

    /// <summary>As Meta writes it, an object with <c>code</c>, or the code alone.</summary>
    private static string LanguageIn(SettingsReader settings) =>
        settings.Text("language", most: 20) ?? (settings.Within("language") ?? throw settings.Wrong("language", "is missing or empty: write the template's language, such as en_US"))
            .Required("code", "write the template's language, such as en_US", most: 20);

    [GeneratedRegex(@"\{\{\s*(?<name>[\w.-]{1,127})\s*\}\}")]
    private static partial Regex Placeholder();
}
