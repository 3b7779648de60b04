using System.Text.RegularExpressions;

namespace LocalAws.Lambda.Functions;

/// <summary>A function as callers name it: <c>name</c>, <c>name:qualifier</c>, <c>account:function:name</c> or a full ARN, each with an optional qualifier.</summary>
/// <param name="Name">The bare name.</param>
/// <param name="Qualifier">The version or alias, or null.</param>
internal sealed partial record FunctionName(string Name, string? Qualifier)
{
    /// <summary>Takes any of AWS's spellings apart; null when it is none of them.</summary>
    public static FunctionName? Parse(string text)
    {
        Match match = Spelling().Match(text);
        return match.Success
            ? new FunctionName(match.Groups["name"].Value, match.Groups["qualifier"] is { Success: true, Value: var qualifier } ? qualifier : null)
            : null;
    }

    /// <summary>A spelling joined with a qualifier that stands apart from it.</summary>
    public static string Qualified(string text, string? qualifier) =>
        string.IsNullOrEmpty(qualifier) || Parse(text)?.Qualifier == qualifier ? text : $"{text}:{qualifier}";

    /// <summary>Whether this can be a bare name.</summary>
    public static bool IsValid(string name) => BareName().IsMatch(name);

    [GeneratedRegex(@"^(?:(?:arn:aws:lambda:[a-z0-9-]+:)?\d{12}:function:)?(?<name>[A-Za-z0-9_-]{1,64})(?::(?<qualifier>\$LATEST|[A-Za-z0-9_-]+))?$")]
    private static partial Regex Spelling();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex BareName();
}
