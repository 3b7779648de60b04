using System.Text;

namespace WhatsAppEventHandler.Tests.Rendering;

/// <summary>A text that stands in C# source, without what is computed into it.</summary>
/// <param name="Value">The text.</param>
/// <param name="Before">What stands before it in its statement.</param>
/// <param name="After">What follows it on its line.</param>
internal sealed record SourceText(string Value, string Before, string After)
{
    /// <summary>All texts of a source file, those inside computed parts of others too. Comments have none.</summary>
    public static IReadOnlyList<SourceText> Of(string source)
    {
        var found = new List<SourceText>();
        int at = 0;
        Code(source, ref at, inHole: false, found);
        return found;
    }

    private static void Code(string source, ref int at, bool inHole, List<SourceText> found)
    {
        int depth = 0;
        while (at < source.Length)
        {
            if (Is(source, at, "//"))
            {
                at = EndOfLine(source, at);
            }
            else if (source[at] == '\'')
            {
                at = source.IndexOf('\'', at + (source[at + 1] == '\\' ? 3 : 2)) + 1;
            }
            else if (Is(source, at, "\"\"\"") || Is(source, at, "@\"") || Is(source, at, "/*"))
            {
                throw new NotSupportedException($"This reader knows neither raw nor verbatim texts nor such comments: {source[at..EndOfLine(source, at)]}");
            }
            else if (Is(source, at, "$\"") || source[at] == '"')
            {
                Literal(source, ref at, found);
            }
            else if (inHole && depth == 0 && source[at] == '}')
            {
                return;
            }
            else
            {
                depth += source[at] is '{' or '(' ? 1 : source[at] is '}' or ')' ? -1 : 0;
                at++;
            }
        }
    }

    private static void Literal(string source, ref int at, List<SourceText> found)
    {
        int start = at;
        bool isInterpolated = source[at] == '$';
        at += isInterpolated ? 2 : 1;
        var value = new StringBuilder();
        while (source[at] != '"')
        {
            if (isInterpolated && source[at] == '{' && source[at + 1] != '{')
            {
                at++;
                Code(source, ref at, inHole: true, found);
                at++;
            }
            else
            {
                int length = source[at] is '\\' or '{' or '}' ? 2 : 1;
                value.Append(source[at + length - 1]);
                at += length;
            }
        }

        at++;
        int statement = source.LastIndexOfAny([';', '{', '}'], start) + 1;
        found.Add(new SourceText(value.ToString(), source[statement..start], source[at..EndOfLine(source, at)]));
    }

    private static bool Is(string source, int at, string what) => string.CompareOrdinal(source, at, what, 0, what.Length) == 0;

    private static int EndOfLine(string source, int at) => source.IndexOf('\n', at) is >= 0 and var end ? end : source.Length;
}
