using System.Text.Json;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Values;

/// <summary>Writes values in DynamoDB's JSON, such as <c>{"N": "1"}</c>.</summary>
internal static class AttributeValueWriter
{
    /// <summary>The attributes as JSON text.</summary>
    public static string ToJson(AttributeMap attributes) => JsonText.Of(writer => writer.WriteAttributes(attributes));

    public static void WriteAttributes(this Utf8JsonWriter writer, string name, AttributeMap attributes)
    {
        writer.WritePropertyName(name);
        writer.WriteAttributes(attributes);
    }

    public static void WriteAttributes(this Utf8JsonWriter writer, AttributeMap attributes)
    {
        writer.WriteStartObject();
        foreach ((string name, AttributeValue value) in attributes)
        {
            writer.WritePropertyName(name);
            writer.WriteAttributeValue(value);
        }

        writer.WriteEndObject();
    }

    public static void WriteAttributeValue(this Utf8JsonWriter writer, AttributeValue value)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case StringValue s:
                writer.WriteString("S"u8, s.Utf8);
                break;
            case NumberValue n:
                writer.WriteString("N"u8, n.Number.ToString());
                break;
            case BinaryValue b:
                writer.WriteBase64String("B"u8, b.Content);
                break;
            case BooleanValue b:
                writer.WriteBoolean("BOOL"u8, b.Value);
                break;
            case NullValue:
                writer.WriteBoolean("NULL"u8, true);
                break;
            case SetValue set:
                writer.WriteStartArray(set.Type.ToString());
                WriteMembers(writer, set);
                writer.WriteEndArray();
                break;
            case ListValue list:
                writer.WriteStartArray("L"u8);
                foreach (AttributeValue element in list.Elements)
                {
                    writer.WriteAttributeValue(element);
                }

                writer.WriteEndArray();
                break;
            case MapValue map:
                writer.WriteAttributes("M", map.Attributes);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, SetValue set)
    {
        foreach (AttributeValue member in set.Members)
        {
            switch (member)
            {
                case StringValue s:
                    writer.WriteStringValue(s.Utf8);
                    break;
                case NumberValue n:
                    writer.WriteStringValue(n.Number.ToString());
                    break;
                case BinaryValue b:
                    writer.WriteBase64StringValue(b.Content);
                    break;
            }
        }
    }
}
