using System.Text;
using System.Text.Json;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>The type letters of DynamoDB's JSON.</summary>
internal enum ImageValueType
{
    S,
    N,
    B,
    BOOL,
    NULL,
    M,
    L,
    SS,
    NS,
    BS,
}

/// <summary>
/// Walks DynamoDB's <c>{"S": "text"}</c>. The Lambda test tool writes <c>{"s": "text", "n": null, …}</c>: letters in lower case, the unused
/// types as JSON null.
/// </summary>
internal static class ImageValueReader
{
    /// <summary>Compares the current name or string, exactly first, then without regard to case.</summary>
    public static bool Is(this ref readonly Utf8JsonReader json, ReadOnlySpan<byte> name) =>
        json.ValueSpan.SequenceEqual(name) || (json.ValueSpan.Length == name.Length && Ascii.EqualsIgnoreCase(json.ValueSpan, name));

    /// <summary>Compares the current name exactly.</summary>
    public static bool NameIs(this ref readonly Utf8JsonReader json, ReadOnlySpan<byte> name) =>
        json.ValueIsEscaped ? json.ValueTextEquals(name) : json.ValueSpan.SequenceEqual(name);

    /// <summary>Moves to the next member of the current object: false at its end.</summary>
    public static bool NextMember(this ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Moves from an attribute's name to the first token of its value.</summary>
    /// <exception cref="JsonException">It is no attribute value.</exception>
    public static ImageValueType EnterValue(this ref Utf8JsonReader json)
    {
        json.Read();
        return json.EnterCurrentValue();
    }

    /// <summary>Moves from the opening brace of an attribute value to the first token of what it holds.</summary>
    /// <exception cref="JsonException">It is no attribute value.</exception>
    public static ImageValueType EnterCurrentValue(this ref Utf8JsonReader json)
    {
        Expect(in json, JsonTokenType.StartObject);
        while (json.NextMember())
        {
            ImageValueType type = TypeOf(json.ValueSpan);
            json.Read();
            if (json.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            Expect(in json, type switch
            {
                ImageValueType.M => JsonTokenType.StartObject,
                ImageValueType.L or ImageValueType.SS or ImageValueType.NS or ImageValueType.BS => JsonTokenType.StartArray,
                ImageValueType.BOOL or ImageValueType.NULL => json.TokenType == JsonTokenType.False ? JsonTokenType.False : JsonTokenType.True,
                _ => JsonTokenType.String,
            });
            return type;
        }

        throw new JsonException($"An attribute value of no type at byte {json.TokenStartIndex}.");
    }

    /// <summary>Moves from the last token of what an attribute value holds to the value's closing brace.</summary>
    public static void LeaveValue(this ref Utf8JsonReader json)
    {
        while (json.NextMember())
        {
            json.Skip();
        }
    }

    /// <exception cref="JsonException">The current token is another one.</exception>
    public static void Expect(this ref readonly Utf8JsonReader json, JsonTokenType type)
    {
        if (json.TokenType != type)
        {
            throw new JsonException($"{type} expected, {json.TokenType} found at byte {json.TokenStartIndex}.");
        }
    }

    private static ImageValueType TypeOf(ReadOnlySpan<byte> letters) => letters.Length switch
    {
        1 => (letters[0] | 0x20) switch
        {
            's' => ImageValueType.S,
            'n' => ImageValueType.N,
            'b' => ImageValueType.B,
            'm' => ImageValueType.M,
            'l' => ImageValueType.L,
            _ => throw Unknown(letters),
        },
        2 when (letters[1] | 0x20) == 's' => (letters[0] | 0x20) switch
        {
            's' => ImageValueType.SS,
            'n' => ImageValueType.NS,
            'b' => ImageValueType.BS,
            _ => throw Unknown(letters),
        },
        4 when Ascii.EqualsIgnoreCase(letters, "BOOL"u8) => ImageValueType.BOOL,
        4 when Ascii.EqualsIgnoreCase(letters, "NULL"u8) => ImageValueType.NULL,
        _ => throw Unknown(letters),
    };

    private static JsonException Unknown(ReadOnlySpan<byte> letters) => new($"DynamoDB has no attribute type of {letters.Length} letters like this one.");
}
