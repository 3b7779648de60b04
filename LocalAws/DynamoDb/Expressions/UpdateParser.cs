using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>Parses UpdateExpression.</summary>
internal sealed class UpdateParser : ExpressionParser
{
    private static readonly string[] Sections = ["SET", "REMOVE", "ADD", "DELETE"];

    private readonly PathSet _paths = new();
    private readonly List<UpdateAction> _actions = [];

    private UpdateParser(string text, Placeholders placeholders)
        : base("UpdateExpression", text, placeholders, new ExpressionProblems())
    {
    }

    /// <summary>Parses an update.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: the expression is wrong.</exception>
    public static UpdateExpression Parse(string text, Placeholders placeholders)
    {
        var parser = new UpdateParser(text, placeholders);
        parser.ParseSections();
        parser.Finish();
        return new UpdateExpression(parser._actions);
    }

    protected override int TooDeepRank => Rank.TooDeep;

    protected override bool IsGrammarWord(Token token) => Sections.Contains(token.Text, StringComparer.OrdinalIgnoreCase);

    private void ParseSections()
    {
        var seen = new HashSet<string>();
        do
        {
            string section = Sections.FirstOrDefault(TakeKeyword) ?? throw SyntaxError();
            if (!seen.Add(section))
            {
                Problems.Report(Rank.Section, $"The \"{section}\" section can only be used once in an update expression;");
            }

            do
            {
                _actions.Add(ParseAction(section));
            }
            while (TakeSymbol(","));
        }
        while (Current.Kind != TokenKind.End);
    }

    private UpdateAction ParseAction(string section)
    {
        DocumentPath path = ParsePath(Rank.Reserved, Rank.UndefinedName);
        if (_paths.Add(path) is { } clash)
        {
            Problems.Report(clash.Overlap ? Rank.Overlap : Rank.Conflict, clash.Message);
        }

        switch (section)
        {
            case "SET":
                Expect("=");
                return new SetAction(path, ParseSetValue());
            case "REMOVE":
                return new RemoveAction(path);
            default:
                AttributeValue value = ParseValue(Rank.UndefinedValue);
                CheckOperand(section, value);
                return section == "ADD" ? new AddAction(path, value) : new DeleteAction(path, value);
        }
    }

    /// <summary>An operand, a sum of two, or either in one pair of parentheses.</summary>
    private Operand ParseSetValue()
    {
        if (!Current.IsSymbol("("))
        {
            return ParseSum(ParseOperand());
        }

        Take();
        bool nested = Current.IsSymbol("(");
        Operand inner = ParseSum(Nested(ParseOperand));
        Expect(")");
        CheckParentheses(nested && inner is not Arithmetic);
        return inner is Arithmetic ? inner : ParseSum(inner);
    }

    private Operand ParseSum(Operand left)
    {
        if (!Current.IsSymbol("+") && !Current.IsSymbol("-"))
        {
            return left;
        }

        CountOperator();
        string sign = Take().Text;
        Operand right = ParseOperand();
        CheckTypes(sign, AttributeType.N, left, right);
        return new Arithmetic(sign, left, right);
    }

    private Operand ParseOperand()
    {
        if (TakeSymbol("("))
        {
            CheckParentheses(Current.IsSymbol("("));
            Operand inner = Nested(ParseOperand);
            Expect(")");
            return inner;
        }

        return Current.Kind switch
        {
            TokenKind.Value => new ValueOperand(ParseValue(Rank.UndefinedValue)),
            TokenKind.Identifier when Following.IsSymbol("(") && !IsGrammarWord(Current) => ParseFunction(),
            _ => new PathOperand(ParsePath(Rank.Reserved, Rank.UndefinedName)),
        };
    }

    private Operand ParseFunction()
    {
        CountOperator();
        string name = Take().Text;
        Expect("(");
        var arguments = new List<Operand> { Nested(ParseOperand) };
        while (TakeSymbol(","))
        {
            arguments.Add(Nested(ParseOperand));
        }

        Expect(")");
        if (name is not (IfNotExists.Name or ListAppend.Name))
        {
            Problems.Report(Rank.UnknownFunction, ConditionFunctions.OperandCount(name) is null
                ? $"Invalid function name; function: {name}"
                : $"The function is not allowed in an update expression; function: {name}");
            return arguments[0];
        }

        if (arguments is not [var first, var second])
        {
            Problems.Report(Rank.Function, $"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {arguments.Count}");
            return arguments[0];
        }

        if (name == ListAppend.Name)
        {
            CheckTypes(name, AttributeType.L, first, second);
            return new ListAppend(first, second);
        }

        if (first is PathOperand path)
        {
            return new IfNotExists(path.Path, second);
        }

        Problems.Report(Rank.Function, $"Operator or function requires a document path; operator or function: {name}");
        return second;
    }

    private void CheckParentheses(bool areRedundant)
    {
        if (areRedundant)
        {
            Problems.Report(Rank.Parentheses, RedundantParentheses);
        }
    }

    private void CheckTypes(string name, AttributeType wanted, Operand left, Operand right)
    {
        AttributeType? wrong = new[] { left, right }.OfType<ValueOperand>().Select(v => v.KnownType).FirstOrDefault(t => t != wanted);
        if (wrong is not null)
        {
            Problems.Report(Rank.Function, ConditionFunctions.WrongType(name, wrong.Value.ToString()));
        }
    }

    private void CheckOperand(string section, AttributeValue value)
    {
        string? wrong = value.Type switch
        {
            AttributeType.S => "STRING",
            AttributeType.N when section == "DELETE" => "NUMBER",
            AttributeType.B => "BINARY",
            AttributeType.NULL => "NULL",
            AttributeType.BOOL => "BOOLEAN",
            AttributeType.L => "LIST",
            AttributeType.M => "MAP",
            _ => null,
        };
        if (wrong is not null)
        {
            Problems.Report(Rank.Operand, $"Incorrect operand type for operator or function; operator: {section}, operand type: {wrong}");
        }
    }

    /// <summary>Which errors DynamoDB reports first.</summary>
    private static class Rank
    {
        public const int Parentheses = -1;
        public const int Reserved = 0;
        public const int UnknownFunction = 1;
        public const int Section = 2;
        public const int UndefinedName = 3;
        public const int TooDeep = 4;
        public const int UndefinedValue = 5;
        public const int Overlap = 6;
        public const int Conflict = 7;
        public const int Operand = 8;
        public const int Function = 9;
    }
}
