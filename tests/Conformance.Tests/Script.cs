using System.Text.RegularExpressions;

namespace WhatsAppBuffer.Conformance;

/// <summary>
/// A sequence of requests. A request begins on a line of its own with the operation's name, then comes its JSON, on as many lines as it
/// likes. Single quotes stand for double ones, and <c>'tab'</c> for a table that is the script's own.
/// </summary>
internal sealed partial record Script(IReadOnlyList<Step> Steps)
{
    public static Script Parse(string text) =>
        new([.. StepStart().Split(text).Where(s => s.Trim().Length > 0).Select(s => s.Trim().Split(' ', 2)).Select(s => new Step(s[0], s[1]))]);

    public bool HasUpdates => Steps.Any(s => s.Json.Contains("UpdateExpression", StringComparison.Ordinal));

    [GeneratedRegex(@"^(?=\s*[A-Z][A-Za-z]+ )", RegexOptions.Multiline)]
    private static partial Regex StepStart();
}

/// <summary>One request of a script.</summary>
internal sealed record Step(string Operation, string Json)
{
    /// <summary>The JSON as it is sent, with a table's true name.</summary>
    public string JsonFor(string table) => Json.Replace("'tab'", $"'{table}'", StringComparison.Ordinal).Replace('\'', '"');

    public override string ToString() => $"{Operation} {Json}";
}
