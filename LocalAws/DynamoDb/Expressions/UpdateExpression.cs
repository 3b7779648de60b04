using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>A parsed UpdateExpression.</summary>
/// <param name="Actions">Its actions, in the order written.</param>
internal sealed record UpdateExpression(IReadOnlyList<UpdateAction> Actions)
{
    public IEnumerable<DocumentPath> Paths => Actions.Select(a => a.Path);
}

/// <summary>One action on one path.</summary>
internal abstract record UpdateAction(DocumentPath Path);

internal sealed record SetAction(DocumentPath Path, Operand Value) : UpdateAction(Path);

internal sealed record RemoveAction(DocumentPath Path) : UpdateAction(Path);

/// <summary>Adds a number, or members to a set.</summary>
internal sealed record AddAction(DocumentPath Path, AttributeValue Value) : UpdateAction(Path);

/// <summary>Takes members from a set.</summary>
internal sealed record DeleteAction(DocumentPath Path, AttributeValue Value) : UpdateAction(Path);

/// <summary><c>if_not_exists(path, value)</c>.</summary>
internal sealed record IfNotExists(DocumentPath Path, Operand Otherwise) : Operand
{
    public const string Name = "if_not_exists";

    public override AttributeValue? Resolve(AttributeMap item) => Path.Resolve(item) ?? Otherwise.Resolve(item);
}

/// <summary><c>list_append(list, list)</c>.</summary>
internal sealed record ListAppend(Operand First, Operand Second) : Operand
{
    public const string Name = "list_append";

    public override AttributeType? KnownType => AttributeType.L;

    public override AttributeValue? Resolve(AttributeMap item) => (First.Resolve(item), Second.Resolve(item)) switch
    {
        (null, _) or (_, null) => null,
        (ListValue first, ListValue second) => new ListValue([.. first.Elements, .. second.Elements]),
        _ => throw UpdateErrors.WrongOperandType(),
    };
}

/// <summary>A sum or a difference.</summary>
internal sealed record Arithmetic(string Operator, Operand Left, Operand Right) : Operand
{
    public override AttributeType? KnownType => AttributeType.N;

    public override AttributeValue? Resolve(AttributeMap item) => (Left.Resolve(item), Right.Resolve(item)) switch
    {
        (null, _) or (_, null) => null,
        (NumberValue left, NumberValue right) => new NumberValue(Operator == "+" ? left.Number + right.Number : left.Number - right.Number),
        _ => throw UpdateErrors.WrongOperandType(),
    };
}

/// <summary>Errors that depend on the item.</summary>
internal static class UpdateErrors
{
    public static Exception WrongOperandType() => DynamoDbError.Validation("An operand in the update expression has an incorrect data type");

    public static Exception NoSuchAttribute() => DynamoDbError.Validation("The provided expression refers to an attribute that does not exist in the item");

    public static Exception NoSuchPath() => DynamoDbError.Validation("The document path provided in the update expression is invalid for update");
}
