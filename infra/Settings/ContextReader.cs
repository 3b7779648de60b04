using System.Globalization;
using System.Text.RegularExpressions;

namespace WhatsAppBuffer.Infra.Settings;

/// <summary>Reads settings from context and collects what is wrong with them, so that one run tells all of it.</summary>
internal sealed class ContextReader(IReadOnlyDictionary<string, string> context)
{
    private readonly List<string> _known = [];
    private readonly List<string> _wrong = [];

    public int Whole(string key, int standard, int least, int most)
    {
        if (Find(key) is not { } text)
        {
            return standard;
        }

        bool valid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most;
        return valid ? value : Wrong(key, text, $"a whole number from {least} to {most}", standard);
    }

    /// <summary>One of <paramref name="allowed"/>, or of all values when none are named.</summary>
    public T OneOf<T>(string key, T standard, params T[] allowed)
        where T : struct, Enum
    {
        T[] choices = allowed is [] ? Enum.GetValues<T>() : allowed;
        if (Find(key) is not { } text)
        {
            return standard;
        }

        string[] names = [.. choices.Select(choice => choice.ToString().ToLowerInvariant())];
        int found = Array.IndexOf(names, text);
        return found >= 0 ? choices[found] : Wrong(key, text, string.Join(" or ", names), standard);
    }

    public bool YesOrNo(string key, bool standard) => YesOrNo(key) ?? standard;

    public bool? YesOrNo(string key) => Find(key) switch
    {
        null => null,
        "true" or "yes" => true,
        "false" or "no" => false,
        { } text => Wrong<bool?>(key, text, "true or false", null),
    };

    public string? Text(string key, Regex pattern, string description) => Find(key) switch
    {
        null => null,
        { } text when pattern.IsMatch(text) => text,
        { } text => Wrong<string?>(key, text, description, null),
    };

    /// <summary>All values below a key, by what stands after its dot.</summary>
    public IReadOnlyDictionary<string, string> Below(string key, Regex pattern, string description)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string full in context.Keys.Where(full => full.StartsWith($"{key}.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (Text(full, pattern, description) is { } value)
            {
                found[full[(key.Length + 1)..]] = value;
            }
        }

        return found;
    }

    public int OneOf(string key, int standard, params int[] allowed) =>
        Find(key) is not { } text ? standard
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && allowed.Contains(value) ? value
        : Wrong(key, text, string.Join(" or ", allowed), standard);

    public void Require(bool condition, string problem)
    {
        if (!condition)
        {
            _wrong.Add(problem);
        }
    }

    /// <exception cref="DeploymentException">Something was wrong, or a key is none of ours.</exception>
    public void ThrowIfWrong()
    {
        IEnumerable<string> unknown = context.Keys
            .Where(key => ContextPatterns.OwnKey().IsMatch(key) && !_known.Contains(key))
            .Order(StringComparer.Ordinal);
        _wrong.AddRange(unknown.Select(key => $"'{key}' is not a context key of this app; they are {string.Join(", ", _known.Where(known => !known.StartsWith("tags.", StringComparison.Ordinal)))}, tags.NAME."));
        if (_wrong.Count > 0)
        {
            throw new DeploymentException(string.Join(Environment.NewLine, _wrong));
        }
    }

    private string? Find(string key)
    {
        _known.Add(key);
        return context.TryGetValue(key, out string? value) ? value : null;
    }

    private T Wrong<T>(string key, string value, string wanted, T standard)
    {
        _wrong.Add($"Context key {key} is '{value}': give {wanted}, as in -c {key}=….");
        return standard;
    }
}
