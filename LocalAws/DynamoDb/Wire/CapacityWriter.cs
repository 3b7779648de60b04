using System.Text.Json;
using LocalAws.DynamoDb.Tables;

namespace LocalAws.DynamoDb.Wire;

/// <summary>Writes <c>ConsumedCapacity</c>, as far as ReturnConsumedCapacity asks for it.</summary>
internal static class CapacityWriter
{
    public static void WriteConsumed(this Utf8JsonWriter writer, string? mode, ConsumedCapacity consumed)
    {
        if (IsWanted(mode))
        {
            writer.WritePropertyName("ConsumedCapacity");
            Write(writer, mode!, consumed);
        }
    }

    /// <summary>The list of batches and transactions.</summary>
    public static void WriteConsumed(this Utf8JsonWriter writer, string? mode, IEnumerable<ConsumedCapacity> consumed)
    {
        if (!IsWanted(mode))
        {
            return;
        }

        writer.WriteStartArray("ConsumedCapacity");
        foreach (ConsumedCapacity table in consumed)
        {
            Write(writer, mode!, table);
        }

        writer.WriteEndArray();
    }

    private static bool IsWanted(string? mode) => mode is "TOTAL" or "INDEXES";

    private static void Write(Utf8JsonWriter writer, string mode, ConsumedCapacity consumed)
    {
        writer.WriteStartObject();
        writer.WriteString("TableName", consumed.TableName);
        WriteUnits(writer, consumed.Total, consumed.Transactional);
        if (mode == "INDEXES")
        {
            writer.WriteStartObject("Table");
            WriteUnits(writer, consumed.Table, consumed.Transactional);
            writer.WriteEndObject();
            WriteIndexes(writer, consumed);
        }

        writer.WriteEndObject();
    }

    private static void WriteIndexes(Utf8JsonWriter writer, ConsumedCapacity consumed)
    {
        if (consumed.Indexes.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("GlobalSecondaryIndexes");
        foreach ((string index, double units) in consumed.Indexes)
        {
            writer.WriteStartObject(index);
            WriteUnits(writer, units, consumed.Transactional);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteUnits(Utf8JsonWriter writer, double units, string? transactional)
    {
        writer.WritePropertyName("CapacityUnits");
        WriteNumber(writer, units);
        if (transactional is not null)
        {
            writer.WritePropertyName(transactional);
            WriteNumber(writer, units);
        }
    }

    /// <summary>Units are fractions on the wire: <c>1.0</c>.</summary>
    private static void WriteNumber(Utf8JsonWriter writer, double units) => writer.WriteRawValue(units.ToString("0.0##"), skipInputValidation: true);
}
