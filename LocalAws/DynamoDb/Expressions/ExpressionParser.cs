using System.Globalization;
using System.Text;
using LocalAws.DynamoDb.Values;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>What the parsers of all expressions share: the tokens, paths, placeholders, and DynamoDB's order of precedence among errors.</summary>
internal abstract class ExpressionParser
{
    public const string RedundantParentheses = "The expression has redundant parentheses;";

    /// <summary>AWS's limit for any expression, in bytes as sent.</summary>
    private const int MaxBytes = 4096;

    private const int MaxOperators = 300;
    private const int MaxPathLevels = 32;

    private readonly string _parameter;
    private readonly string _text;
    private readonly Placeholders _placeholders;
    private readonly List<Token> _tokens;
    private int _at;
    private int _operators;
    private int _depth;

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

        if (Encoding.UTF8.GetByteCount(text) is var size && size > MaxBytes)
        {
            throw Invalid($"Expression size has exceeded the maximum allowed size;{(this is ConditionParser ? $" expression size: {size}" : "")}");
        }

        _tokens = Lexer.Tokenize(text);
    }

    /// <summary>Where a path that is too deep stands in this expression's order of problems.</summary>
    protected abstract int TooDeepRank { get; }

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

        if (_operators > MaxOperators)
        {
            throw TooManyOperators();
        }
    }

    /// <summary>Counts an operator or a function.</summary>
    protected void CountOperator() => _operators++;

    /// <summary>
    /// Parses what stands within a pair of parentheses or behind a NOT. Each pair that is not redundant holds an operator or a function, so that deeper
    /// nesting than their limit is wrong in any case; where both are wrong, AWS names the syntax first, which is not looked at here any more.
    /// </summary>
    protected T Nested<T>(Func<T> parse)
    {
        if (++_depth > MaxOperators + 1)
        {
            throw _operators > MaxOperators ? TooManyOperators() : Invalid(RedundantParentheses);
        }

        T parsed = parse();
        _depth--;
        return parsed;
    }

    private AwsException TooManyOperators() => Invalid($"The expression contains too many operators; operator count: {MaxOperators + 1}");

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
                if (elements.Count > MaxPathLevels)
                {
                    Problems.Report(TooDeepRank, $"The document path has too many nesting levels; nesting levels: {elements.Count}");
                }

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
