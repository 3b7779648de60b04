using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>Something in an expression that has a value for an item.</summary>
internal abstract record Operand
{
    /// <summary>The data type as far as the expression alone tells it.</summary>
    public virtual AttributeType? KnownType => null;

    /// <summary>The value for this item, or null when the item has none.</summary>
    public abstract AttributeValue? Resolve(AttributeMap item);
}

/// <summary>A path.</summary>
internal sealed record PathOperand(DocumentPath Path) : Operand
{
    public override AttributeValue? Resolve(AttributeMap item) => Path.Resolve(item);
}

/// <summary>A <c>:value</c>.</summary>
internal sealed record ValueOperand(AttributeValue Value) : Operand
{
    public override AttributeType? KnownType => Value.Type;

    public override AttributeValue? Resolve(AttributeMap item) => Value;
}

/// <summary>A function with its arguments; only <c>size</c> has a value.</summary>
internal sealed record FunctionCall(string Name, IReadOnlyList<Operand> Arguments) : Operand
{
    public override AttributeType? KnownType => Name == ConditionFunctions.Size ? AttributeType.N : AttributeType.BOOL;

    public override AttributeValue? Resolve(AttributeMap item) =>
        Arguments[0].Resolve(item)?.Length is { } length ? new NumberValue(DynamoNumber.From(length)) : null;
}
