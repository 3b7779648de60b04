using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>The functions of conditions: what they answer, and which operands they take.</summary>
internal static class ConditionFunctions
{
    public const string Size = "size";
    public const string BeginsWith = "begins_with";

    private const string AttributeExists = "attribute_exists";
    private const string AttributeNotExists = "attribute_not_exists";
    private const string OfType = "attribute_type";
    private const string Contains = "contains";

    /// <summary>How many operands the function takes, or null when there is no such function.</summary>
    public static int? OperandCount(string name) => name switch
    {
        AttributeExists or AttributeNotExists or Size => 1,
        OfType or BeginsWith or Contains => 2,
        _ => null,
    };

    public static bool IsTrue(FunctionCall call, AttributeMap item)
    {
        AttributeValue? value = call.Arguments[0].Resolve(item);
        return call.Name switch
        {
            AttributeExists => value is not null,
            AttributeNotExists => value is null,
            OfType => value is not null && call.Arguments[1].Resolve(item) is StringValue type && value.Type.ToString() == type.Text,
            BeginsWith => HasPrefix(value, call.Arguments[1].Resolve(item)),
            _ => Holds(value, call.Arguments[1].Resolve(item)),
        };
    }

    /// <summary>What is wrong with the operands, or null.</summary>
    public static string? OperandProblem(FunctionCall call) => call.Name switch
    {
        AttributeExists or AttributeNotExists when call.Arguments[0] is not PathOperand =>
            $"Operator or function requires a document path; operator or function: {call.Name}",
        BeginsWith => call.Arguments.Select(a => a.KnownType).FirstOrDefault(t => t is not (null or AttributeType.S or AttributeType.B)) is { } wrong
            ? WrongType(call.Name, wrong.ToString())
            : null,
        OfType => TypeNameProblem(call.Arguments[1]),
        Size when call.Arguments[0].KnownType is AttributeType.N or AttributeType.BOOL or AttributeType.NULL =>
            WrongType(call.Name, call.Arguments[0].KnownType.ToString()!),
        _ => null,
    };

    public static string WrongType(string function, string type) =>
        $"Incorrect operand type for operator or function; operator or function: {function}, operand type: {type}";

    private static string? TypeNameProblem(Operand operand) => operand switch
    {
        ValueOperand { Value: StringValue name } => Enum.TryParse<AttributeType>(name.Text, out _) && !name.Text.Any(char.IsAsciiDigit)
            ? null
            : $"Invalid attribute type name found; type: {name.Text}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}",
        _ => WrongType(OfType, operand.KnownType?.ToString() ?? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"),
    };

    private static bool HasPrefix(AttributeValue? value, AttributeValue? prefix) => (value, prefix) switch
    {
        (StringValue s, StringValue p) => s.Utf8.StartsWith(p.Utf8),
        (BinaryValue b, BinaryValue p) => b.Content.StartsWith(p.Content),
        _ => false,
    };

    private static bool Holds(AttributeValue? value, AttributeValue? part) => (value, part) switch
    {
        (_, null) => false,
        (StringValue s, StringValue p) => s.Utf8.IndexOf(p.Utf8) >= 0,
        (BinaryValue b, BinaryValue p) => b.Content.IndexOf(p.Content) >= 0,
        (SetValue set, _) => set.Contains(part),
        (ListValue list, _) => list.Elements.Contains(part),
        _ => false,
    };
}
