using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>ISO text, or a number: seconds since the epoch (fractions allowed), or milliseconds when it is too large for seconds.</summary>
public class DateTimeConverter : JsonConverter<DateTime>
{
    // The year 6969 in seconds, the first days of 1975 in milliseconds: no event is that new, or that old.
    private const double LargestSeconds = 157753180800;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.Number)
        {
            return reader.GetDateTime();
        }

        double number = reader.GetDouble();
        return number > LargestSeconds ? DateTime.UnixEpoch.AddMilliseconds(number) : DateTime.UnixEpoch.AddSeconds(number);
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

public class MemoryStreamConverter : JsonConverter<MemoryStream>
{
    public override MemoryStream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetBytesFromBase64());

    public override void Write(Utf8JsonWriter writer, MemoryStream value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.ToArray());
}

/// <summary>Bytes are read from base64 or from an array of numbers, and written as the latter.</summary>
public class ByteArrayConverter : JsonConverter<byte[]>
{
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return reader.GetBytesFromBase64();
        }

        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException($"Bytes are base64 text or an array of numbers, not {reader.TokenType}.");
        }

        var bytes = new List<byte>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            bytes.Add(reader.GetByte());
        }

        return [.. bytes];
    }

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (byte number in value)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
