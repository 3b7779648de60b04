using System.Text.RegularExpressions;
using LocalAws.Endpoint;

namespace LocalAws.Logs;

/// <summary>
/// A filter pattern of terms: all must be in the line, of those with a question mark one, of those with a minus none. Source: CloudWatch Logs guide, "Filter pattern syntax".
/// </summary>
internal sealed partial class LogPattern
{
    private readonly (char Sign, string Text)[] _terms;

    /// <exception cref="AwsException"><c>InvalidParameterException</c>: a pattern on the members of JSON or on columns.</exception>
    public LogPattern(string pattern)
    {
        if (pattern.TrimStart() is ['{' or '[' or '%', ..])
        {
            throw LogsError.InvalidParameter("This local cloud imitates filter patterns of terms only, such as \"ERROR\" -\"retry\": no JSON, columns or regular expressions.");
        }

        _terms = [.. Term.Matches(pattern).Select(term => (
            term.Groups["sign"].Value is [var sign] ? sign : ' ',
            term.Groups["quoted"] is { Success: true, Value: var quoted } ? quoted : term.Groups["bare"].Value))];
    }

    public bool Matches(string line) =>
        _terms.All(term => term.Sign == '?' || line.Contains(term.Text, StringComparison.Ordinal) == (term.Sign == ' '))
        && (_terms.All(term => term.Sign != '?') || _terms.Any(term => term.Sign == '?' && line.Contains(term.Text, StringComparison.Ordinal)));

    [GeneratedRegex("""(?<sign>[?-])?(?:"(?<quoted>[^"]*)"|(?<bare>[^\s"]+))""")]
    private static partial Regex Term { get; }
}
