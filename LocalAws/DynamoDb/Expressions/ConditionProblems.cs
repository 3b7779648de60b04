using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>What can be wrong with a condition.</summary>
internal sealed class ConditionProblems : ExpressionProblems
{
    private (int Rank, string Message)? _ofOperands;

    /// <summary>Problems of the operands of one condition compete with each other first; the first condition that has any wins.</summary>
    public override void Report(int rank, string message)
    {
        if (rank < Rank.Condition)
        {
            base.Report(rank, message);
        }
        else if (_ofOperands is null || rank < _ofOperands.Value.Rank)
        {
            _ofOperands = (rank, message);
        }
    }

    /// <summary>Ends one condition.</summary>
    public void Close()
    {
        if (_ofOperands is { } problem)
        {
            base.Report(Rank.Condition, problem.Message);
        }
    }

    public void CheckParentheses(bool areRedundant) =>
        ReportIfAny(Rank.Parentheses, areRedundant ? ExpressionParser.RedundantParentheses : null);

    public void CheckCall(FunctionCall call)
    {
        if (ConditionFunctions.OperandCount(call.Name) is not { } count)
        {
            Report(Rank.UnknownFunction, call.Name is IfNotExists.Name or ListAppend.Name
                ? $"The function is not allowed in a condition expression; function: {call.Name}"
                : $"Invalid function name; function: {call.Name}");
        }
        else if (count != call.Arguments.Count)
        {
            Report(Rank.Operand, $"Incorrect number of operands for operator or function; operator or function: {call.Name}, number of operands: {call.Arguments.Count}");
        }
        else
        {
            CheckDistinct(call.Name, call.Arguments);
            ReportIfAny(Rank.Function, ConditionFunctions.OperandProblem(call));
        }
    }

    /// <summary>As a condition of its own, <c>size</c> says nothing.</summary>
    public void CheckIsCondition(FunctionCall call)
    {
        if (call.Name == ConditionFunctions.Size)
        {
            ReportMisused(call);
        }
    }

    /// <summary>As an operand, only <c>size</c> has a value.</summary>
    public void CheckOperands(params IEnumerable<Operand> operands)
    {
        if (operands.OfType<FunctionCall>().FirstOrDefault(f => f.Name != ConditionFunctions.Size) is { } call)
        {
            ReportMisused(call);
        }
    }

    public void CheckDistinct(string name, params IReadOnlyList<Operand> operands)
    {
        if (operands is [PathOperand first, PathOperand second] && first.Path.SameAs(second.Path))
        {
            Report(Rank.Distinct, $"The first operand must be distinct from the remaining operands for this operator or function; operator: {name}, first operand: {first.Path}");
        }
    }

    /// <summary>Only strings, numbers and binaries have an order.</summary>
    public void CheckOrdered(string name, params IEnumerable<Operand> operands)
    {
        foreach (Operand operand in operands)
        {
            if (operand.KnownType is { } type and not (AttributeType.S or AttributeType.N or AttributeType.B))
            {
                Report(Rank.Function, ConditionFunctions.WrongType(name, type.ToString()));
            }
        }
    }

    public void CheckBounds(Operand lower, Operand upper)
    {
        if (lower is not ValueOperand { Value: var low } || upper is not ValueOperand { Value: var high })
        {
            return;
        }

        string? wanted = low.Type != high.Type ? "same data type for lower and upper bounds"
            : low.CompareTo(high) > 0 ? "upper bound to be greater than or equal to lower bound"
            : null;
        ReportIfAny(Rank.Function, wanted is null ? null
            : $"The BETWEEN operator requires {wanted}; lower bound operand: AttributeValue: {low}, upper bound operand: AttributeValue: {high}");
    }

    private void ReportMisused(FunctionCall call) =>
        Report(Rank.Misused, $"The function is not allowed to be used this way in an expression; function: {call.Name}");

    /// <summary>Which problems DynamoDB reports first; from <see cref="Condition"/> on they belong to the operands of one condition.</summary>
    public static class Rank
    {
        public const int Parentheses = 0;
        public const int UnknownFunction = 1;
        public const int Misused = 2;
        public const int Reserved = 3;
        public const int Condition = 4;
        public const int TooDeep = 5;
        public const int Undefined = 6;
        public const int Operand = 7;
        public const int Distinct = 8;
        public const int Function = 9;
    }
}
