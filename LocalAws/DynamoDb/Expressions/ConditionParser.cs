namespace LocalAws.DynamoDb.Expressions;

/// <summary>Parses ConditionExpression, FilterExpression and KeyConditionExpression.</summary>
internal sealed class ConditionParser : ExpressionParser
{
    private static readonly string[] GrammarWords = ["AND", "OR", "NOT", "IN", "BETWEEN"];
    private static readonly string[] Comparators = ["=", "<>", "<", "<=", ">", ">="];

    private const int MaxCandidates = 100;

    private readonly ConditionProblems _problems;

    private ConditionParser(string parameter, string text, Placeholders placeholders, ConditionProblems problems)
        : base(parameter, text, placeholders, problems) => _problems = problems;

    /// <summary>Parses a condition.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: the expression is wrong.</exception>
    public static Condition Parse(string parameter, string text, Placeholders placeholders)
    {
        var parser = new ConditionParser(parameter, text, placeholders, new ConditionProblems());
        Condition condition = parser.AsCondition(parser.ParseOr());
        parser.Finish();
        return condition;
    }

    protected override int TooDeepRank => ConditionProblems.Rank.TooDeep;

    protected override bool IsGrammarWord(Token token) => GrammarWords.Contains(token.Text, StringComparer.OrdinalIgnoreCase);

    private Node ParseOr()
    {
        Node left = ParseAnd();
        while (Current.IsKeyword("OR"))
        {
            Condition first = AsCondition(left);
            TakeOperator();
            left = new Node(new OrCondition(first, AsCondition(ParseAnd())));
        }

        return left;
    }

    private Node ParseAnd()
    {
        Node left = ParseNot();
        while (Current.IsKeyword("AND"))
        {
            Condition first = AsCondition(left);
            TakeOperator();
            left = new Node(new AndCondition(first, AsCondition(ParseNot())));
        }

        return left;
    }

    private Node ParseNot()
    {
        if (!Current.IsKeyword("NOT"))
        {
            return ParseComparison();
        }

        TakeOperator();
        return new Node(new NotCondition(AsCondition(Nested(ParseNot))));
    }

    private Node ParseComparison()
    {
        Node node = ParsePrimary();
        if (node.Operand is not { } left)
        {
            return node;
        }

        if (Current.Kind == TokenKind.Symbol && Comparators.Contains(Current.Text))
        {
            string comparator = TakeOperator().Text;
            return Close(Compare(comparator, left, ParseOperand()));
        }

        if (TakeKeyword("BETWEEN"))
        {
            CountOperator();
            Operand lower = ParseOperand();
            if (!TakeKeyword("AND"))
            {
                throw SyntaxError();
            }

            return Close(Between(left, lower, ParseOperand()));
        }

        if (TakeKeyword("IN"))
        {
            CountOperator();
            Expect("(");
            List<Operand> candidates = ParseOperands();
            if (candidates.Count > MaxCandidates)
            {
                _problems.Report(ConditionProblems.Rank.TooDeep, $"The IN operator is provided with too many operands; number of operands: {candidates.Count}");
            }

            _problems.CheckOperands([left, .. candidates]);
            return Close(new InCondition(left, candidates));
        }

        return node;
    }

    private Node ParsePrimary()
    {
        if (!TakeSymbol("("))
        {
            return new Node(ParseBareOperand());
        }

        Node inner = Nested(ParseOr);
        Expect(")");
        _problems.CheckParentheses(inner.IsParenthesized);
        return inner with { IsParenthesized = true };
    }

    private Operand ParseOperand() => ParsePrimary().Operand ?? throw SyntaxError();

    private Operand ParseBareOperand() => Current.Kind switch
    {
        TokenKind.Value => new ValueOperand(ParseValue(ConditionProblems.Rank.Undefined)),
        TokenKind.Identifier when Following.IsSymbol("(") && !IsGrammarWord(Current) => ParseFunction(),
        _ => new PathOperand(ParsePath(ConditionProblems.Rank.Reserved, ConditionProblems.Rank.Undefined)),
    };

    private FunctionCall ParseFunction()
    {
        string name = TakeOperator().Text;
        Expect("(");
        var call = new FunctionCall(name, Nested(ParseOperands));
        _problems.CheckOperands(call.Arguments);
        _problems.CheckCall(call);
        return call;
    }

    /// <summary>Operands up to the closing parenthesis.</summary>
    private List<Operand> ParseOperands()
    {
        var operands = new List<Operand> { ParseOperand() };
        while (TakeSymbol(","))
        {
            operands.Add(ParseOperand());
        }

        Expect(")");
        return operands;
    }

    private Comparison Compare(string comparator, Operand left, Operand right)
    {
        _problems.CheckOperands(left, right);
        _problems.CheckDistinct(comparator, left, right);
        if (comparator is not ("=" or "<>"))
        {
            _problems.CheckOrdered(comparator, left, right);
        }

        return new Comparison(comparator, left, right);
    }

    private BetweenCondition Between(Operand value, Operand lower, Operand upper)
    {
        _problems.CheckOperands(value, lower, upper);
        _problems.CheckOrdered("BETWEEN", value, lower, upper);
        _problems.CheckBounds(lower, upper);
        return new BetweenCondition(value, lower, upper);
    }

    private Node Close(Condition condition)
    {
        _problems.Close();
        return new Node(condition);
    }

    private Token TakeOperator()
    {
        CountOperator();
        return Take();
    }

    private Condition AsCondition(Node node)
    {
        if (node.Condition is { } condition)
        {
            return condition;
        }

        if (node.Operand is not FunctionCall call)
        {
            throw SyntaxError();
        }

        _problems.CheckIsCondition(call);
        return Close(new FunctionCondition(call)).Condition!;
    }

    /// <summary>What was parsed: a condition, or an operand that may become part of one.</summary>
    private readonly record struct Node(Condition? Condition, Operand? Operand, bool IsParenthesized = false)
    {
        public Node(Condition condition)
            : this(condition, null)
        {
        }

        public Node(Operand operand)
            : this(null, operand)
        {
        }
    }
}
