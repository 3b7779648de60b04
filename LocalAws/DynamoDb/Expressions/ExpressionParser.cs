using System.Globalization;
using LocalAws.DynamoDb.Values;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>What the parsers of all expressions share: the tokens, paths, placeholders, and DynamoDB's order of precedence among errors.</summary>
internal abstract class ExpressionParser
{
    private readonly string _parameter;
    private readonly string _text;
    private readonly Placeholders _placeholders;
    private readonly List<Token> _tokens;
    private int _at;

    /// <summary>Begins to parse.</summary>
    /// <param name="parameter">The request's member, such as <c>UpdateExpression</c>; errors name it.</param>
    /// <param name="text">The expression.</param>
    /// <param name="placeholders">The request's placeholders.</param>
    /// <param name="problems">Where to collect what is wrong beside the syntax.</param>
    protected ExpressionParser(string parameter, string text, Placeholders placeholders, ExpressionProblems problems)
    {
        Problems = problems;
        _parameter = parameter;
        _text = text;
        _placeholders = placeholders;
        if (text.Length == 0)
        {
            throw Invalid("The expression can not be empty;");
        }

        _tokens = Lexer.Tokenize(text);
    }

    protected Token Current => _tokens[_at];

    protected Token Following => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    /// <summary>Problems that are reported once the syntax is known to be right.</summary>
    protected ExpressionProblems Problems { get; }

    /// <summary>Expects the end, then throws the error that was remembered.</summary>
    protected void Finish()
    {
        if (Current.Kind != TokenKind.End)
        {
            throw SyntaxError();
        }

        if (Problems.First is { } problem)
        {
            throw Invalid(problem);
        }
    }

    protected Token Take() => _tokens[_at++];

    protected bool TakeSymbol(string symbol)
    {
        bool there = Current.IsSymbol(symbol);
        _at += there ? 1 : 0;
        return there;
    }

    protected bool TakeKeyword(string keyword)
    {
        bool there = Current.IsKeyword(keyword);
        _at += there ? 1 : 0;
        return there;
    }

    protected void Expect(string symbol)
    {
        if (!TakeSymbol(symbol))
        {
            throw SyntaxError();
        }
    }

    /// <summary>An error at the current token, shown with its neighbours.</summary>
    protected AwsException SyntaxError()
    {
        int start = _tokens.Count == 1 ? 0 : _at == 0 ? Current.Start : _tokens[_at - 1].Start;
        int end = Current.Kind == TokenKind.End ? _at == 0 ? _text.Length : _tokens[_at - 1].End : Following.Kind == TokenKind.End ? Current.End : Following.End;
        return Invalid($"Syntax error; token: \"{Current.Text}\", near: \"{_text[start..end]}\"");
    }

    protected AwsException Invalid(string message) => DynamoDbError.Validation($"Invalid {_parameter}: {message}");

    protected DocumentPath ParsePath(int reservedRank, int undefinedRank)
    {
        var elements = new List<PathElement> { ParseName(reservedRank, undefinedRank) };
        while (true)
        {
            if (TakeSymbol("."))
            {
                elements.Add(ParseName(reservedRank, undefinedRank));
            }
            else if (TakeSymbol("["))
            {
                elements.Add(ParseIndex());
                Expect("]");
            }
            else
            {
                return new DocumentPath(elements);
            }
        }
    }

    protected AttributeValue ParseValue(int undefinedRank)
    {
        if (Current.Kind != TokenKind.Value)
        {
            throw SyntaxError();
        }

        string placeholder = Take().Text;
        if (_placeholders.Value(placeholder) is { } value)
        {
            return value;
        }

        Problems.Report(undefinedRank, $"An expression attribute value used in expression is not defined; attribute value: {placeholder}");
        return NullValue.Instance;
    }

    /// <summary>Whether a word of this expression's grammar stands where a name is wanted.</summary>
    protected abstract bool IsGrammarWord(Token token);

    private PathElement ParseName(int reservedRank, int undefinedRank)
    {
        if (Current.Kind == TokenKind.Name)
        {
            string placeholder = Take().Text;
            if (_placeholders.Name(placeholder) is { } name)
            {
                return new PathElement(name);
            }

            Problems.Report(undefinedRank, $"An expression attribute name used in the document path is not defined; attribute name: {placeholder}");
            return new PathElement(placeholder);
        }

        if (Current.Kind != TokenKind.Identifier || IsGrammarWord(Current))
        {
            throw SyntaxError();
        }

        string word = Take().Text;
        if (ReservedWords.Contain(word))
        {
            Problems.Report(reservedRank, $"Attribute name is a reserved keyword; reserved keyword: {word}");
        }

        return new PathElement(word);
    }

    private PathElement ParseIndex()
    {
        if (Current.Kind != TokenKind.Number)
        {
            throw SyntaxError();
        }

        string digits = Take().Text;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? new PathElement(null, index)
            : throw Invalid($"List index is not within the allowable range; index: [{digits}]");
    }
}
