using System.Text.Json;

namespace LocalAws.DynamoDb.Values;

/// <summary>Reads JSON tokens, refusing a wrong kind with the words of AWS's own deserializer.</summary>
internal static class JsonToken
{
    private const string StructureFound = "Start of structure or map found where not expected";

    /// <summary>The string at the reader, or null.</summary>
    public static string? ReadString(ref Utf8JsonReader reader)
    {
        CheckScalar(ref reader, "String", JsonTokenType.String);
        return reader.TokenType == JsonTokenType.Null ? null : Guard(ref reader, (ref Utf8JsonReader r) => r.GetString());
    }

    /// <summary>The property name at the reader.</summary>
    public static string ReadName(ref Utf8JsonReader reader) => Guard(ref reader, (ref Utf8JsonReader r) => r.GetString()!);

    /// <summary>The string at the reader as UTF-8, or null.</summary>
    public static byte[]? ReadUtf8(ref Utf8JsonReader reader)
    {
        CheckScalar(ref reader, "String", JsonTokenType.String);
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            _ when reader.ValueIsEscaped => Guard(ref reader, Unescape),
            _ => reader.ValueSpan.ToArray(),
        };
    }

    public static bool? ReadBoolean(ref Utf8JsonReader reader)
    {
        CheckScalar(ref reader, "Boolean", JsonTokenType.True);
        return reader.TokenType == JsonTokenType.Null ? null : reader.TokenType == JsonTokenType.True;
    }

    public static int? ReadInteger(ref Utf8JsonReader reader)
    {
        CheckScalar(ref reader, "Integer", JsonTokenType.Number);
        return reader.TokenType == JsonTokenType.Null ? null
            : reader.TryGetInt32(out int value) ? value
            : (int)Math.Clamp(reader.GetDouble(), int.MinValue, int.MaxValue);
    }

    public static byte[]? ReadBlob(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                return reader.TryGetBytesFromBase64(out byte[]? bytes) ? bytes
                    : throw DynamoDbError.Serialization(
                        reader.ValueSpan.Length % 4 == 0
                            ? "Invalid last non-pad Base64 character dectected"
                            : $"Base64 encoded length is expected a multiple of 4 bytes but found: {reader.ValueSpan.Length}");
            case JsonTokenType.StartArray:
                throw DynamoDbError.Serialization("Unrecognized collection type class java.nio.ByteBuffer");
            case JsonTokenType.StartObject:
                throw DynamoDbError.Serialization(StructureFound);
            default:
                throw DynamoDbError.Serialization("only base-64-encoded strings are convertible to bytes");
        }
    }

    /// <summary>Expects a list; false when there is null instead.</summary>
    public static bool StartList(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartArray => true,
        JsonTokenType.Null => false,
        JsonTokenType.StartObject => throw DynamoDbError.Serialization(StructureFound),
        _ => throw DynamoDbError.Serialization("Unexpected field type"),
    };

    /// <summary>Expects a map or structure; false when there is null instead.</summary>
    /// <param name="reader">At the value.</param>
    /// <param name="javaType">The type that AWS's message names when a list comes instead.</param>
    /// <param name="otherwise">AWS's message when a scalar comes instead.</param>
    public static bool StartObject(ref Utf8JsonReader reader, string javaType, string otherwise = "Unexpected field type") => reader.TokenType switch
    {
        JsonTokenType.StartObject => true,
        JsonTokenType.Null => false,
        JsonTokenType.StartArray => throw DynamoDbError.Serialization("Unrecognized collection type " + javaType),
        _ => throw DynamoDbError.Serialization(otherwise),
    };

    private static void CheckScalar(ref Utf8JsonReader reader, string wanted, JsonTokenType expected)
    {
        JsonTokenType found = reader.TokenType == JsonTokenType.False ? JsonTokenType.True : reader.TokenType;
        if (found == expected || found == JsonTokenType.Null)
        {
            return;
        }

        throw DynamoDbError.Serialization(reader.TokenType switch
        {
            JsonTokenType.True => $"TRUE_VALUE cannot be converted to {wanted}",
            JsonTokenType.False => $"FALSE_VALUE cannot be converted to {wanted}",
            JsonTokenType.String when wanted == "Boolean" => "Unexpected token received from parser",
            JsonTokenType.String => $"STRING_VALUE cannot be converted to {wanted}",
            JsonTokenType.Number when reader.TryGetInt64(out _) => $"NUMBER_VALUE cannot be converted to {wanted}",
            JsonTokenType.Number => $"DECIMAL_VALUE cannot be converted to {wanted}",
            JsonTokenType.StartArray => $"Unrecognized collection type class java.lang.{wanted}",
            _ => StructureFound,
        });
    }

    private static byte[] Unescape(ref Utf8JsonReader reader)
    {
        byte[] buffer = new byte[reader.ValueSpan.Length];
        int written = reader.CopyString(buffer);
        return buffer[..written];
    }

    /// <summary>A lone surrogate escape is JSON, but no text.</summary>
    private static T Guard<T>(ref Utf8JsonReader reader, Read<T> read)
    {
        try
        {
            return read(ref reader);
        }
        catch (InvalidOperationException e)
        {
            throw DynamoDbError.Serialization(e.Message);
        }
    }

    private delegate T Read<T>(ref Utf8JsonReader reader);
}
