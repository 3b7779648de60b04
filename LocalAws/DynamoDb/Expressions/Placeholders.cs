using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>The <c>#names</c> and <c>:values</c> of one request, and which of them its expressions have used.</summary>
internal sealed class Placeholders
{
    private const int MaxPlaceholder = 255;

    private readonly IReadOnlyDictionary<string, string> _names;
    private readonly AttributeMap _values;
    private readonly HashSet<string> _used = [];

    /// <summary>Checks the placeholders themselves.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: one is malformed.</exception>
    public Placeholders(IReadOnlyDictionary<string, string>? names, UncheckedAttributes? values)
    {
        _names = names ?? new Dictionary<string, string>();
        _values = values?.Attributes ?? AttributeMap.Empty;
        if (names is not null)
        {
            Check("ExpressionAttributeNames", names.Keys.ToArray(), '#');
        }

        if (names?.FirstOrDefault(n => n.Value.Length == 0) is { Key: not null } nameless)
        {
            throw DynamoDbError.Validation($"ExpressionAttributeNames contains invalid value: Empty attribute name for key {nameless.Key}");
        }

        if (values is { } given)
        {
            Check("ExpressionAttributeValues", given.Attributes.Select(v => v.Key).ToArray(), ':');
            if (given.Problem is not null)
            {
                throw DynamoDbError.Validation($"ExpressionAttributeValues contains invalid value: {given.Problem} for key {given.ProblemName}");
            }
        }
    }

    public string? Name(string placeholder) => Use(placeholder, _names.GetValueOrDefault(placeholder));

    public AttributeValue? Value(string placeholder) => Use(placeholder, _values[placeholder]);

    /// <summary>Refuses what no expression has used.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: a placeholder is unused.</exception>
    public void CheckAllUsed()
    {
        CheckUsed("ExpressionAttributeNames", _names.Keys);
        CheckUsed("ExpressionAttributeValues", _values.Select(v => v.Key));
    }

    private T? Use<T>(string placeholder, T? value)
    {
        _used.Add(placeholder);
        return value;
    }

    private void CheckUsed(string member, IEnumerable<string> placeholders)
    {
        string[] unused = [.. placeholders.Where(p => !_used.Contains(p))];
        if (unused.Length > 0)
        {
            throw DynamoDbError.Validation($"Value provided in {member} unused in expressions: keys: {{{string.Join(", ", unused)}}}");
        }
    }

    private static void Check(string member, string[] placeholders, char sigil)
    {
        if (placeholders.Length == 0)
        {
            throw DynamoDbError.Validation($"{member} must not be empty");
        }

        foreach (string placeholder in placeholders)
        {
            if (placeholder.Length > MaxPlaceholder)
            {
                throw DynamoDbError.Validation($"{member} contains invalid key: The expression attribute map contains a key that is too long;{(sigil == '#' ? $" size of key: {placeholder.Length}" : "")}");
            }

            if (placeholder.Length < 2 || placeholder[0] != sigil || !placeholder.Skip(1).All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                throw DynamoDbError.Validation($"{member} contains invalid key: Syntax error; key: \"{placeholder}\"");
            }
        }
    }
}
