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
        name => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? new Setting(JsonValueKind.Undefined, value, $"'{value}'") : null);

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

    /// <summary>A text as it is, white space and all; null when it is missing.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="most">Greatest length in characters.</param>
    /// <exception cref="ConfigurationException">It is no text, empty, or too long.</exception>
    public string? Verbatim(string name, int most) => _find(name) switch
    {
        null => null,
        { IsText: true, Raw.Length: > 0 } text when text.Raw.Length <= most => text.Raw,
        { IsText: true, Raw.Length: > 0 } => throw Wrong(name, $"is longer than {most} characters"),
        { } other => throw Wrong(name, $"is {other.Shown}: {_remedy} a text of 1 to {most} characters"),
    };

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

    /// <summary>A text that stands for something; null when it is missing or empty.</summary>
    /// <typeparam name="T">What it stands for.</typeparam>
    /// <param name="name">The setting.</param>
    /// <param name="find">Gives what a text stands for, or null.</param>
    /// <param name="meaning">What to write, as in <c>the name of a time zone</c>.</param>
    /// <exception cref="ConfigurationException">It stands for nothing.</exception>
    public T? As<T>(string name, Func<string, T?> find, string meaning)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(find);
        return _find(name) switch
        {
            null or { IsText: true, Text: "" } => null,
            { IsText: true } text when find(text.Text) is { } found => found,
            { } other => throw Wrong(name, $"is {other.Shown}: {_remedy} {meaning}"),
        };
    }

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
            { } other => throw Wrong(name, $"is {other.Shown}: {_remedy} {OneOf(choices.Keys)}"),
        };

    /// <summary>Names of anything, each with one of several values, in any case of letters; none when the setting is missing.</summary>
    /// <typeparam name="T">What a value stands for.</typeparam>
    /// <param name="name">The setting, an object.</param>
    /// <param name="choices">What may be written, and what it stands for.</param>
    /// <param name="most">The greatest number of names.</param>
    /// <exception cref="ConfigurationException">It is no object, one of the values is none of them, or there are too many.</exception>
    public IReadOnlyDictionary<string, T> Each<T>(string name, IReadOnlyDictionary<string, T> choices, int most)
    {
        ArgumentNullException.ThrowIfNull(choices);
        Dictionary<string, T> chosen = [];
        if (_find(name) is not { } setting)
        {
            return chosen;
        }

        if (setting.Kind != JsonValueKind.Object)
        {
            throw Wrong(name, $"is {setting.Shown}: {_remedy} an object, with {OneOf(choices.Keys)} as the values of its members");
        }

        foreach ((string member, JsonElement value) in ForeignJson.Element(setting.Raw).Members())
        {
            chosen[member] = value.Words()?.Trim().ToLowerInvariant() is { } word && choices.TryGetValue(word, out T? choice)
                ? choice
                : throw Wrong($"{name}.{member}", $"is {value.GetRawText()}: {_remedy} {OneOf(choices.Keys)}");
        }

        return chosen.Count <= most ? chosen : throw Wrong(name, $"has more than {most} members");
    }

    /// <summary>Settings within one that is an object: what is wrong with them is told with its name before theirs. Null when it is missing.</summary>
    /// <param name="name">The setting.</param>
    /// <exception cref="ConfigurationException">It is no object.</exception>
    public SettingsReader? Within(string name) => _find(name) switch
    {
        null => null,
        { Kind: JsonValueKind.Object } setting => new SettingsReader($"{_place}{name}.", _absent, _remedy, Finder(setting)),
        { } other => throw Wrong(name, $"is {other.Shown}: {_remedy} an object"),
    };

    /// <summary>Names of the members of a setting that is an object; none when it is missing.</summary>
    /// <param name="name">The setting.</param>
    /// <exception cref="ConfigurationException">It is no object.</exception>
    public IReadOnlyList<string> NamesIn(string name) => _find(name) switch
    {
        null => [],
        { Kind: JsonValueKind.Object } setting => [.. ForeignJson.Element(setting.Raw).Members().Select(member => member.Name)],
        { } other => throw Wrong(name, $"is {other.Shown}: {_remedy} an object"),
    };

    /// <summary>The items of a setting that is a list of objects; none when it is missing.</summary>
    /// <param name="name">The setting.</param>
    /// <exception cref="ConfigurationException">It is no list, or one of its items is no object.</exception>
    public IReadOnlyList<JsonElement> Objects(string name)
    {
        if (_find(name) is not { } setting)
        {
            return [];
        }

        JsonElement list = setting.Kind == JsonValueKind.Array ? ForeignJson.Element(setting.Raw) : throw Wrong(name, $"is {setting.Shown}: {_remedy} a list of objects");
        return list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object) ? [.. list.EnumerateArray()] : throw Wrong(name, $"has an item that is no object: {_remedy} a list of objects");
    }

    /// <summary>What to throw for a setting that is wrong in a way of its own.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="what">What is wrong with it, as the rest of a sentence that begins with its name.</param>
    public ConfigurationException Wrong(string name, string what) => new($"{_place}{name} {what}.");

    private static Func<string, Setting?> Finder(Setting setting)
    {
        JsonElement root = ForeignJson.Element(setting.Raw);
        return name => Member(root, name);
    }

    private static string OneOf(IEnumerable<string> words) => $"{string.Join(", ", words.SkipLast(1))} or {words.Last()}";

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
        JsonValueKind.String => new Setting(JsonValueKind.String, value.GetString()!, value.GetRawText()),
        var kind => new Setting(kind, value.GetRawText(), value.GetRawText()),
    }
    : null;

    /// <param name="Kind">Undefined for an environment variable, which may be of any kind.</param>
    /// <param name="Raw">The value as it is.</param>
    /// <param name="Shown">As it is quoted in an error.</param>
    private sealed record Setting(JsonValueKind Kind, string Raw, string Shown)
    {
        public string Text { get; } = Raw.Trim();

        public bool IsText => Kind is JsonValueKind.String or JsonValueKind.Undefined;

        public bool IsNumber => Kind is JsonValueKind.Number or JsonValueKind.Undefined;
    }
}
