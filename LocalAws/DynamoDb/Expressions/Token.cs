namespace LocalAws.DynamoDb.Expressions;

internal enum TokenKind
{
    Identifier,
    Name,
    Value,
    Number,
    Symbol,
    Unknown,
    End,
}

/// <summary>One token of an expression.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its text.</param>
/// <param name="Start">Where it begins in the expression.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    public int End => Kind == TokenKind.End ? Start : Start + Text.Length;

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsKeyword(string keyword) => Kind == TokenKind.Identifier && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts an expression into tokens.</summary>
internal static class Lexer
{
    private const string EndText = "<EOF>";

    private static readonly string[] Symbols = ["<>", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ",", ".", "+", "-"];

    public static List<Token> Tokenize(string text)
    {
        var tokens = new List<Token>();
        int at = 0;
        while (true)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new Token(TokenKind.End, EndText, at));
                return tokens;
            }

            Token token = Next(text, at);
            tokens.Add(token);
            at = token.End;
        }
    }

    private static Token Next(string text, int at)
    {
        char c = text[at];
        if (c is '#' or ':' && at + 1 < text.Length && IsWordPart(text[at + 1]))
        {
            return new Token(c == '#' ? TokenKind.Name : TokenKind.Value, Run(text, at, at + 1, IsWordPart), at);
        }

        if (char.IsAsciiDigit(c))
        {
            return new Token(TokenKind.Number, Run(text, at, at, char.IsAsciiDigit), at);
        }

        if (IsWordPart(c))
        {
            return new Token(TokenKind.Identifier, Run(text, at, at, IsWordPart), at);
        }

        string? symbol = Array.Find(Symbols, s => string.CompareOrdinal(text, at, s, 0, s.Length) == 0);
        return symbol is not null ? new Token(TokenKind.Symbol, symbol, at) : new Token(TokenKind.Unknown, Quoted(text, at), at);
    }

    /// <summary>A quoted text is no part of the language, but errors show it whole.</summary>
    private static string Quoted(string text, int at)
    {
        int close = text[at] is '\'' or '"' ? text.IndexOf(text[at], at + 1) : -1;
        return close < 0 ? text.Substring(at, 1) : text[at..(close + 1)];
    }

    private static string Run(string text, int start, int at, Func<char, bool> belongs)
    {
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
