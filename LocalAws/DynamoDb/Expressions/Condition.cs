using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>A condition on an item; a missing item counts as one without attributes.</summary>
internal abstract record Condition
{
    public abstract bool IsMet(AttributeMap item);

    /// <summary>The paths that the condition reads.</summary>
    public abstract IEnumerable<DocumentPath> Paths();

    protected static IEnumerable<DocumentPath> PathsOf(params IEnumerable<Operand> operands) =>
        operands.SelectMany(o => o switch
        {
            PathOperand path => [path.Path],
            FunctionCall call => PathsOf(call.Arguments),
            _ => Enumerable.Empty<DocumentPath>(),
        });
}

internal sealed record AndCondition(Condition Left, Condition Right) : Condition
{
    public override bool IsMet(AttributeMap item) => Left.IsMet(item) && Right.IsMet(item);

    public override IEnumerable<DocumentPath> Paths() => Left.Paths().Concat(Right.Paths());
}

internal sealed record OrCondition(Condition Left, Condition Right) : Condition
{
    public override bool IsMet(AttributeMap item) => Left.IsMet(item) || Right.IsMet(item);

    public override IEnumerable<DocumentPath> Paths() => Left.Paths().Concat(Right.Paths());
}

internal sealed record NotCondition(Condition Inner) : Condition
{
    public override bool IsMet(AttributeMap item) => !Inner.IsMet(item);

    public override IEnumerable<DocumentPath> Paths() => Inner.Paths();
}

/// <summary>A comparison with <c>= &lt;&gt; &lt; &lt;= &gt; &gt;=</c>; values of different types are unequal and have no order.</summary>
internal sealed record Comparison(string Operator, Operand Left, Operand Right) : Condition
{
    public override bool IsMet(AttributeMap item)
    {
        AttributeValue? left = Left.Resolve(item);
        AttributeValue? right = Right.Resolve(item);
        return Operator switch
        {
            "=" => left is not null && left.Equals(right),
            "<>" => left is null || !left.Equals(right),
            _ when left is null || right is null => false,
            "<" => left.CompareTo(right) < 0,
            "<=" => left.CompareTo(right) <= 0,
            ">" => left.CompareTo(right) > 0,
            _ => left.CompareTo(right) >= 0,
        };
    }

    public override IEnumerable<DocumentPath> Paths() => PathsOf(Left, Right);
}

internal sealed record BetweenCondition(Operand Value, Operand Lower, Operand Upper) : Condition
{
    public override bool IsMet(AttributeMap item) =>
        Value.Resolve(item) is { } value && Lower.Resolve(item) is { } lower && Upper.Resolve(item) is { } upper
        && value.CompareTo(lower) >= 0 && value.CompareTo(upper) <= 0;

    public override IEnumerable<DocumentPath> Paths() => PathsOf(Value, Lower, Upper);
}

internal sealed record InCondition(Operand Value, IReadOnlyList<Operand> Candidates) : Condition
{
    public override bool IsMet(AttributeMap item) => Value.Resolve(item) is { } value && Candidates.Any(c => value.Equals(c.Resolve(item)));

    public override IEnumerable<DocumentPath> Paths() => PathsOf([Value, .. Candidates]);
}

/// <summary>A function that is true or false.</summary>
internal sealed record FunctionCondition(FunctionCall Call) : Condition
{
    public override bool IsMet(AttributeMap item) => ConditionFunctions.IsTrue(Call, item);

    public override IEnumerable<DocumentPath> Paths() => PathsOf(Call);
}
