using WhatsAppBuffer.Simulator.DynamoDb.Values;

namespace WhatsAppBuffer.Simulator.DynamoDb.Expressions;

/// <summary>Parses ConditionExpression, FilterExpression and KeyConditionExpression.</summary>
internal sealed class ConditionParser : ExpressionParser
{
    private static readonly string[] GrammarWords = ["AND", "OR", "NOT", "IN", "BETWEEN"];
    private static readonly string[] Comparators = ["=", "<>", "<", "<=", ">", ">="];

    private (int Rank, string Message)? _conditionProblem;

    private ConditionParser(string parameter, string text, Placeholders placeholders)
        : base(parameter, text, placeholders)
    {
    }

    /// <summary>Parses a condition.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: the expression is wrong.</exception>
    public static Condition Parse(string parameter, string text, Placeholders placeholders)
    {
        var parser = new ConditionParser(parameter, text, placeholders);
        Condition condition = parser.AsCondition(parser.ParseOr());
        parser.Finish();
        return condition;
    }

    protected override bool IsGrammarWord(Token token) => GrammarWords.Contains(token.Text, StringComparer.OrdinalIgnoreCase);

    /// <summary>Errors of the operands of one condition compete with each other first; the first condition that has any wins.</summary>
    protected override void Report(int rank, string message)
    {
        if (rank < Rank.Condition)
        {
            base.Report(rank, message);
        }
        else if (_conditionProblem is null || rank < _conditionProblem.Value.Rank)
        {
            _conditionProblem = (rank, message);
        }
    }

    private Node ParseOr()
    {
        Node left = ParseAnd();
        while (Current.IsKeyword("OR"))
        {
            Condition first = AsCondition(left);
            Take();
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
            Take();
            left = new Node(new AndCondition(first, AsCondition(ParseNot())));
        }

        return left;
    }

    private Node ParseNot() => TakeKeyword("NOT") ? new Node(new NotCondition(AsCondition(ParseNot()))) : ParseComparison();

    private Node ParseComparison()
    {
        Node node = ParsePrimary();
        if (node.Operand is not { } left)
        {
            return node;
        }

        if (Current.Kind == TokenKind.Symbol && Comparators.Contains(Current.Text))
        {
            string comparator = Take().Text;
            return Close(Compare(comparator, left, ParseOperand()));
        }

        if (TakeKeyword("BETWEEN"))
        {
            Operand lower = ParseOperand();
            if (!TakeKeyword("AND"))
            {
                throw SyntaxError();
            }

            return Close(Between(left, lower, ParseOperand()));
        }

        if (TakeKeyword("IN"))
        {
            Expect("(");
            List<Operand> candidates = ParseOperands();
            CheckMisused([left, .. candidates]);
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

        Node inner = ParseOr();
        Expect(")");
        if (inner.IsParenthesized)
        {
            Report(Rank.Parentheses, "The expression has redundant parentheses;");
        }

        return inner with { IsParenthesized = true };
    }

    private Operand ParseOperand() => ParsePrimary().Operand ?? throw SyntaxError();

    private Operand ParseBareOperand() => Current.Kind switch
    {
        TokenKind.Value => new ValueOperand(ParseValue(Rank.Undefined)),
        TokenKind.Identifier when Following.IsSymbol("(") && !IsGrammarWord(Current) => ParseFunction(),
        _ => new PathOperand(ParsePath(Rank.Reserved, Rank.Undefined)),
    };

    private FunctionCall ParseFunction()
    {
        string name = Take().Text;
        Expect("(");
        List<Operand> arguments = ParseOperands();
        CheckMisused(arguments);
        var call = new FunctionCall(name, arguments);
        if (ConditionFunctions.OperandCount(name) is not { } count)
        {
            Report(Rank.UnknownFunction, name is IfNotExists.Name or ListAppend.Name
                ? $"The function is not allowed in a condition expression; function: {name}"
                : $"Invalid function name; function: {name}");
        }
        else if (count != arguments.Count)
        {
            Report(Rank.Operand, $"Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {arguments.Count}");
        }
        else
        {
            CheckDistinct(name, arguments);
            ReportIfAny(Rank.Function, ConditionFunctions.OperandProblem(call));
        }

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
        CheckMisused([left, right]);
        CheckDistinct(comparator, [left, right]);
        if (comparator is not ("=" or "<>"))
        {
            CheckOrdered(comparator, left, right);
        }

        return new Comparison(comparator, left, right);
    }

    private BetweenCondition Between(Operand value, Operand lower, Operand upper)
    {
        CheckMisused([value, lower, upper]);
        CheckOrdered("BETWEEN", value, lower, upper);
        if (lower is ValueOperand { Value: var low } && upper is ValueOperand { Value: var high })
        {
            string? problem = low.Type != high.Type ? "same data type for lower and upper bounds"
                : low.CompareTo(high) > 0 ? "upper bound to be greater than or equal to lower bound"
                : null;
            ReportIfAny(Rank.Function, problem is null ? null
                : $"The BETWEEN operator requires {problem}; lower bound operand: AttributeValue: {low}, upper bound operand: AttributeValue: {high}");
        }

        return new BetweenCondition(value, lower, upper);
    }

    private void CheckOrdered(string name, params ReadOnlySpan<Operand> operands)
    {
        foreach (Operand operand in operands)
        {
            if (operand.KnownType is { } type and not (AttributeType.S or AttributeType.N or AttributeType.B))
            {
                Report(Rank.Function, ConditionFunctions.WrongType(name, type.ToString()));
            }
        }
    }

    private void CheckMisused(List<Operand> operands)
    {
        if (operands.OfType<FunctionCall>().FirstOrDefault(f => f.Name != ConditionFunctions.Size) is { } call)
        {
            Report(Rank.Misused, $"The function is not allowed to be used this way in an expression; function: {call.Name}");
        }
    }

    private void CheckDistinct(string name, List<Operand> operands)
    {
        if (operands is [PathOperand first, PathOperand second] && first.Path.SameAs(second.Path))
        {
            Report(Rank.Distinct, $"The first operand must be distinct from the remaining operands for this operator or function; operator: {name}, first operand: {first.Path}");
        }
    }

    private void ReportIfAny(int rank, string? message)
    {
        if (message is not null)
        {
            Report(rank, message);
        }
    }

    private Node Close(Condition condition)
    {
        if (_conditionProblem is { } problem)
        {
            base.Report(Rank.Condition, problem.Message);
        }

        return new Node(condition);
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

        if (call.Name == ConditionFunctions.Size)
        {
            Report(Rank.Misused, $"The function is not allowed to be used this way in an expression; function: {call.Name}");
        }

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

    /// <summary>Which errors DynamoDB reports first.</summary>
    private static class Rank
    {
        public const int Parentheses = 0;
        public const int UnknownFunction = 1;
        public const int Misused = 2;
        public const int Reserved = 3;
        public const int Condition = 4;
        public const int Undefined = 5;
        public const int Operand = 6;
        public const int Distinct = 7;
        public const int Function = 8;
    }
}
