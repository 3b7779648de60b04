using System.Globalization;
using System.Text.Json;

namespace WhatsAppBuffer.Contracts.Settings;

/// <summary>
/// Reads settings by name, from environment variables or from the members of a JSON document. What is missing or wrong is said in one
/// sentence: where it stands, what it is, what to write.
/// </summary>
public sealed class SettingsReader
{
    private readonly Func<string, Setting?> _find;
    private readonly string _place;
    private readonly string _remedy;
    private readonly string _absent;

    private SettingsReader(string place, string absent, string remedy, Func<string, Setting?> find) =>
        (_place, _absent, _remedy, _find) = (place, absent, remedy, find);

    /// <summary>Settings that are environment variables. One of nothing but white space counts as not set.</summary>
    /// <param name="variable">Gives a variable's value, or null.</param>
    public static SettingsReader OfEnvironment(Func<string, string?> variable) => new(
        "",
        "is not set",
        "set it to",
        name => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? new Setting(JsonValueKind.Undefined, value.Trim(), $"'{value}'") : null);

    /// <summary>Settings that are members of a JSON object in an SSM parameter. A member that is JSON null counts as missing.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="json">Its value.</param>
    /// <exception cref="ConfigurationException">It is not a JSON object.</exception>
    public static SettingsReader OfParameter(string parameter, string json)
    {
        JsonElement root = Parse(parameter, json);
        return new SettingsReader($"SSM parameter {parameter}: ", "is missing or empty", "write", name => Member(root, name));
    }

    /// <summary>A text that must be there.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="remedy">What to do when it is not, such as <c>write the id from the console</c>.</param>
    /// <param name="most">Greatest length in characters.</param>
    /// <exception cref="ConfigurationException">It is missing, still a placeholder (<c>&lt;…&gt;</c>), or too long.</exception>
    public string Required(string name, string remedy, int most = 2_048) => Text(name) switch
    {
        null => throw Wrong(name, $"{_absent}: {remedy}"),
        ['<', ..] and var placeholder => throw Wrong(name, $"is still the placeholder {placeholder}: {remedy}"),
        { } value when value.Length > most => throw Wrong(name, $"is longer than {most} characters"),
        { } value => value,
    };

    /// <summary>A text without white space around it; null when it is missing, empty, or no text.</summary>
    /// <param name="name">The setting.</param>
    public string? Text(string name) => _find(name) is { IsText: true, Text: { Length: > 0 } text } ? text : null;

    /// <inheritdoc cref="Text(string)"/>
    /// <param name="name">The setting.</param>
    /// <param name="most">Greatest length in characters.</param>
    /// <exception cref="ConfigurationException">It is too long.</exception>
    public string? Text(string name, int most) =>
        Text(name) is { } text && text.Length > most ? throw Wrong(name, $"is longer than {most} characters") : Text(name);

    /// <summary>A whole number within bounds; null when it is missing.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="least">The smallest that is allowed.</param>
    /// <param name="most">The greatest that is allowed.</param>
    /// <param name="meaning">What the number counts, as in <c>whole days</c>.</param>
    /// <exception cref="ConfigurationException">It is not such a number.</exception>
    public int? Whole(string name, int least, int most, string meaning = "a whole number") => _find(name) switch
    {
        null => null,
        { IsNumber: true } number when int.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most => value,
        { } other => throw Wrong(name, $"is {other.Shown}: {_remedy} {meaning} from {least} to {most}"),
    };

    /// <summary>A whole number that must be there.</summary>
    /// <inheritdoc cref="Whole"/>
    public int RequiredWhole(string name, int least, int most, string meaning = "a whole number") =>
        Whole(name, least, most, meaning) ?? throw Wrong(name, $"{_absent}: {_remedy} {meaning} from {least} to {most}");

    /// <summary>Yes or no, in any case of letters, or true or false; null when it is missing.</summary>
    /// <param name="name">The setting.</param>
    /// <exception cref="ConfigurationException">It is neither.</exception>
    public bool? YesOrNo(string name) => _find(name) switch
    {
        null => null,
        { Kind: JsonValueKind.True } => true,
        { Kind: JsonValueKind.False } => false,
        { IsText: true } text when text.Text.ToLowerInvariant() is "yes" or "true" => true,
        { IsText: true } text when text.Text.ToLowerInvariant() is "no" or "false" => false,
        { } other => throw Wrong(name, $"is {other.Shown}: {_remedy} yes or no"),
    };

    /// <summary>One of several values, in any case of letters; null when it is missing.</summary>
    /// <typeparam name="T">What a value stands for.</typeparam>
    /// <param name="name">The setting.</param>
    /// <param name="choices">What may be written, and what it stands for.</param>
    /// <exception cref="ConfigurationException">It is none of them.</exception>
    public T? OneOf<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : class => _find(name) switch
        {
            null => null,
            { IsText: true } text when choices.TryGetValue(text.Text.ToLowerInvariant(), out T? choice) => choice,
            { } other => throw Wrong(name, $"is {other.Shown}: {_remedy} {string.Join(", ", choices.Keys.SkipLast(1))} or {choices.Keys.Last()}"),
        };

    private ConfigurationException Wrong(string name, string what) => new($"{_place}{name} {what}.");

    private static JsonElement Parse(string parameter, string json)
    {
        try
        {
            JsonElement root = ForeignJson.Element(json);
            return root.ValueKind == JsonValueKind.Object ? root : throw new ConfigurationException($"SSM parameter {parameter} is not a JSON object.");
        }
        catch (JsonException cause)
        {
            throw new ConfigurationException($"SSM parameter {parameter} is not JSON: {cause.Message}", cause);
        }
    }

    private static Setting? Member(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) ? value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => new Setting(JsonValueKind.String, value.GetString()!.Trim(), value.GetRawText()),
        var kind => new Setting(kind, value.GetRawText(), value.GetRawText()),
    }
    : null;

    /// <param name="Kind">Undefined for an environment variable, which may be of any kind.</param>
    /// <param name="Text">The value.</param>
    /// <param name="Shown">As it is quoted in an error.</param>
    private sealed record Setting(JsonValueKind Kind, string Text, string Shown)
    {
        public bool IsText => Kind is JsonValueKind.String or JsonValueKind.Undefined;

        public bool IsNumber => Kind is JsonValueKind.Number or JsonValueKind.Undefined;
    }
}
