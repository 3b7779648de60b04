using System.Globalization;

namespace WhatsAppBuffer.Simulator.Page.Words;

/// <summary>How the page writes times, money and counts.</summary>
public static class Show
{
    /// <summary>Hours and minutes.</summary>
    public static string Minute(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>With seconds.</summary>
    public static string Second(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>With milliseconds.</summary>
    public static string Exact(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>For a tip: with date, milliseconds and zone.</summary>
    public static string Full(DateTimeOffset at) => at.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture);

    /// <summary>US dollars: three decimals below one, two above.</summary>
    public static string Dollars(decimal amount) => amount switch
    {
        > 0 and < 0.0005m => "less than $0.001",
        < 1 => amount.ToString("$0.000", CultureInfo.InvariantCulture),
        _ => amount.ToString("$#,0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>In cents, for a screen reader: <c>1.2 cents</c>.</summary>
    public static string Cents(decimal amount) => $"{(amount * 100).ToString("0.#", CultureInfo.InvariantCulture)} cents";

    /// <summary>A count with its word: <c>1 message</c>, <c>2,000 messages</c>.</summary>
    public static string Count(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? $"{one}s")}");

    /// <summary>A span in seconds, such as <c>6.2 s</c>.</summary>
    public static string Span(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s");

    /// <summary>A number for CSS and SVG.</summary>
    public static string Css(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The first letter of a name, for its avatar.</summary>
    public static string Initial(string name) => name.Length == 0 ? "?" : StringInfo.GetNextTextElement(name).ToUpperInvariant();

    /// <summary>On one line, and not longer than that many characters.</summary>
    public static string Short(string text, int most)
    {
        string line = text.ReplaceLineEndings(" ");
        int[] starts = StringInfo.ParseCombiningCharacters(line);
        return starts.Length <= most ? line : $"{line[..starts[most - 1]]}…";
    }
}
