using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>A condition on one key attribute.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Operator"><c>= &lt; &lt;= &gt; &gt;= BETWEEN begins_with</c>.</param>
/// <param name="Value">What it is compared with; the lower bound of BETWEEN.</param>
/// <param name="Upper">The upper bound of BETWEEN.</param>
internal sealed record KeyPredicate(string Attribute, string Operator, AttributeValue Value, AttributeValue? Upper = null)
{
    /// <summary>Whether a key lies before the matching range.</summary>
    public bool IsBefore(AttributeValue key) => Operator switch
    {
        "=" or ">=" or "BETWEEN" or ConditionFunctions.BeginsWith => key.CompareTo(Value) < 0,
        ">" => key.CompareTo(Value) <= 0,
        _ => false,
    };

    /// <summary>Whether a key lies after the matching range.</summary>
    public bool IsAfter(AttributeValue key) => Operator switch
    {
        "=" or "<=" => key.CompareTo(Value) > 0,
        "<" => key.CompareTo(Value) >= 0,
        "BETWEEN" => key.CompareTo(Upper!) > 0,
        ConditionFunctions.BeginsWith => key.CompareTo(Value) > 0 && !StartsWith(key),
        _ => false,
    };

    private bool StartsWith(AttributeValue key) => (key, Value) switch
    {
        (StringValue s, StringValue prefix) => s.Utf8.StartsWith(prefix.Utf8),
        (BinaryValue b, BinaryValue prefix) => b.Content.StartsWith(prefix.Content),
        _ => false,
    };
}

/// <summary>Reads a KeyConditionExpression, which is a condition of a narrow form, as one predicate per key attribute.</summary>
internal static class KeyCondition
{
    private const string Parameter = "KeyConditionExpression";

    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: the condition is no key condition.</exception>
    public static IReadOnlyDictionary<string, KeyPredicate> Parse(string text, Placeholders placeholders)
    {
        var predicates = new Dictionary<string, KeyPredicate>();
        Collect(ConditionParser.Parse(Parameter, text, placeholders), predicates);
        return predicates.Count <= 2 ? predicates : throw DynamoDbError.Validation("Conditions can be of length 1 or 2 only");
    }

    private static void Collect(Condition condition, Dictionary<string, KeyPredicate> predicates)
    {
        switch (condition)
        {
            case AndCondition and:
                Collect(and.Left, predicates);
                Collect(and.Right, predicates);
                return;
            case Comparison { Operator: not "<>" } comparison:
                Add(predicates, FromComparison(comparison));
                return;
            case BetweenCondition between:
                Add(predicates, new KeyPredicate(FirstOperand(between.Value, "BETWEEN"), "BETWEEN", ValueOf(between.Lower), ValueOf(between.Upper)));
                return;
            case FunctionCondition { Call: { Name: ConditionFunctions.BeginsWith } call }:
                Add(predicates, new KeyPredicate(FirstOperand(call.Arguments[0], call.Name), call.Name, ValueOf(call.Arguments[1])));
                return;
            default:
                throw DynamoDbError.Validation($"Invalid operator used in {Parameter}: {OperatorOf(condition)}");
        }
    }

    private static KeyPredicate FromComparison(Comparison comparison) => (comparison.Left, comparison.Right) switch
    {
        (PathOperand, PathOperand) => throw Invalid("Multiple attribute names used in one condition"),
        (PathOperand path, _) => new KeyPredicate(NameOf(path), comparison.Operator, ValueOf(comparison.Right)),
        (_, PathOperand path) => new KeyPredicate(NameOf(path), Mirror(comparison.Operator), ValueOf(comparison.Left)),
        (FunctionCall, _) or (_, FunctionCall) => throw Nested(),
        _ => throw Invalid("No key attribute specified"),
    };

    private static void Add(Dictionary<string, KeyPredicate> predicates, KeyPredicate predicate)
    {
        if (!predicates.TryAdd(predicate.Attribute, predicate))
        {
            throw DynamoDbError.Validation("KeyConditionExpressions must only contain one condition per key");
        }
    }

    private static string FirstOperand(Operand operand, string name) =>
        operand is PathOperand path ? NameOf(path) : throw Invalid($"{name} operator must have the key attribute as its first operand");

    private static string NameOf(PathOperand path) =>
        path.Path.IsNested ? throw DynamoDbError.Validation("KeyConditionExpressions cannot have conditions on nested attributes") : path.Path.Head;

    private static AttributeValue ValueOf(Operand operand) => operand switch
    {
        ValueOperand value => value.Value,
        PathOperand => throw Invalid("Multiple attribute names used in one condition"),
        _ => throw Nested(),
    };

    private static string Mirror(string comparator) => comparator switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => comparator,
    };

    private static string OperatorOf(Condition condition) => condition switch
    {
        OrCondition => "OR",
        NotCondition => "NOT",
        InCondition => "IN",
        FunctionCondition function => function.Call.Name,
        _ => "<>",
    };

    private static Endpoint.AwsException Nested() => DynamoDbError.Validation("KeyConditionExpressions cannot contain nested operations");

    private static Endpoint.AwsException Invalid(string message) => DynamoDbError.Validation($"Invalid condition in {Parameter}: {message}");
}
