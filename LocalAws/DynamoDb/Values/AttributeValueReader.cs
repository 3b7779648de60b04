using System.Text.Json;

namespace LocalAws.DynamoDb.Values;

/// <summary>Reads values in DynamoDB's JSON, such as <c>{"N": "1"}</c>.</summary>
internal ref struct AttributeValueReader
{
    private const int MaxDepth = 32;
    private const string Empty = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
    private const string MoreThanOne = "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes";
    private const string TooDeep = "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit";
    private const string MapType = "java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>";
    private const string ValueType = "class com.amazonaws.dynamodb.v20120810.AttributeValue";

    private string? _problem;

    /// <summary>Reads a map of attributes; null when there is null instead.</summary>
    public static UncheckedAttributes? ReadAttributes(ref Utf8JsonReader json)
    {
        if (!JsonToken.StartObject(ref json, MapType))
        {
            return null;
        }

        var reader = default(AttributeValueReader);
        AttributeMap attributes = reader.ReadMap(ref json, depth: 1, out string? problemName);
        return new UncheckedAttributes(attributes, reader._problem, problemName);
    }

    private AttributeMap ReadMap(ref Utf8JsonReader json, int depth, out string? problemName)
    {
        problemName = null;
        var attributes = new Dictionary<string, AttributeValue>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonToken.ReadName(ref json);
            json.Read();
            bool fine = _problem is null;
            if (name.Length == 0)
            {
                Report("Empty attribute name");
            }

            attributes[name] = ReadValue(ref json, depth);
            problemName = fine && _problem is not null ? name : problemName;
        }

        return new AttributeMap(attributes);
    }

    private AttributeValue ReadValue(ref Utf8JsonReader json, int depth)
    {
        if (depth > MaxDepth)
        {
            Report(TooDeep);
        }

        AttributeValue? value = null;
        if (!JsonToken.StartObject(ref json, ValueType, "Unexpected value type in payload"))
        {
            return Wrong(Empty);
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            AttributeType? type = TypeOf(ref json);
            json.Read();
            if (type is null || json.TokenType == JsonTokenType.Null)
            {
                json.Skip();
                continue;
            }

            AttributeValue next = ReadContent(ref json, type.Value, depth);
            if (value is not null)
            {
                Report(MoreThanOne);
            }

            value = next;
        }

        return value ?? Wrong(Empty);
    }

    private AttributeValue ReadContent(ref Utf8JsonReader json, AttributeType type, int depth) => type switch
    {
        AttributeType.S => new StringValue(JsonToken.ReadUtf8(ref json)!),
        AttributeType.N => Number(JsonToken.ReadUtf8(ref json)!),
        AttributeType.B => new BinaryValue(JsonToken.ReadBlob(ref json)!),
        AttributeType.BOOL => new BooleanValue(JsonToken.ReadBoolean(ref json)!.Value),
        AttributeType.NULL => JsonToken.ReadBoolean(ref json)!.Value
            ? NullValue.Instance
            : Wrong("One or more parameter values were invalid: Null attribute value types must have the value of true"),
        AttributeType.L => ReadList(ref json, depth),
        AttributeType.M => JsonToken.StartObject(ref json, MapType) ? new MapValue(ReadMap(ref json, depth + 1, out _)) : Wrong(Empty),
        _ => ReadSet(ref json, type),
    };

    private ListValue ReadList(ref Utf8JsonReader json, int depth)
    {
        JsonToken.StartList(ref json);
        var elements = new List<AttributeValue>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            elements.Add(ReadValue(ref json, depth + 1));
        }

        return new ListValue(elements);
    }

    private AttributeValue ReadSet(ref Utf8JsonReader json, AttributeType type)
    {
        JsonToken.StartList(ref json);
        var members = new List<AttributeValue>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            members.Add(json.TokenType == JsonTokenType.Null
                ? Wrong($"One or more parameter values were invalid: An {NameOf(type)} set may not have a null {NameOf(type)} as a member")
                : type switch
                {
                    AttributeType.SS => new StringValue(JsonToken.ReadUtf8(ref json)!),
                    AttributeType.NS => Number(JsonToken.ReadUtf8(ref json)!),
                    _ => new BinaryValue(JsonToken.ReadBlob(ref json)!),
                });
        }

        var set = new SetValue(type, members);
        return members.Count == 0 ? Wrong(EmptySet(type)) : members.Distinct().Count() < members.Count ? Wrong(Duplicates(set)) : set;
    }

    private AttributeValue Number(ReadOnlySpan<byte> text) =>
        DynamoNumber.TryParse(text, out DynamoNumber number, out string? problem) ? new NumberValue(number) : Wrong(problem!);

    private NullValue Wrong(string problem)
    {
        Report(problem);
        return NullValue.Instance;
    }

    private void Report(string problem) => _problem ??= problem;

    private static string NameOf(AttributeType setType) => setType switch
    {
        AttributeType.SS => "string",
        AttributeType.NS => "number",
        _ => "binary",
    };

    private static string EmptySet(AttributeType type) => type == AttributeType.BS
        ? "One or more parameter values were invalid: Binary sets should not be empty"
        : $"One or more parameter values were invalid: An {NameOf(type)} set  may not be empty";

    private static string Duplicates(SetValue set) => set.Type switch
    {
        AttributeType.NS => "Input collection contains duplicates",
        AttributeType.SS => $"One or more parameter values were invalid: Input collection [{string.Join(", ", set.Members.Cast<StringValue>().Select(s => s.Text))}] contains duplicates.",
        _ => $"One or more parameter values were invalid: Input collection [{string.Join(", ", set.Members.Cast<BinaryValue>().Select(b => Convert.ToBase64String(b.Content)))}]of type BS contains duplicates.",
    };

    private static AttributeType? TypeOf(ref Utf8JsonReader json) =>
        json.ValueTextEquals("S"u8) ? AttributeType.S
        : json.ValueTextEquals("N"u8) ? AttributeType.N
        : json.ValueTextEquals("M"u8) ? AttributeType.M
        : json.ValueTextEquals("L"u8) ? AttributeType.L
        : json.ValueTextEquals("BOOL"u8) ? AttributeType.BOOL
        : json.ValueTextEquals("NULL"u8) ? AttributeType.NULL
        : json.ValueTextEquals("B"u8) ? AttributeType.B
        : json.ValueTextEquals("SS"u8) ? AttributeType.SS
        : json.ValueTextEquals("NS"u8) ? AttributeType.NS
        : json.ValueTextEquals("BS"u8) ? AttributeType.BS
        : null;
}
