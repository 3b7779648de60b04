using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Logging;

/// <summary>One JSON object a line, for machines. Numbers and yes/no are JSON's own, so that a metric filter can compare them.</summary>
/// <param name="output">Where lines go.</param>
/// <param name="clock">Stamps the lines.</param>
/// <param name="minimum">Lines below this level are left out.</param>
internal sealed class ConsoleJsonLoggerProvider(Stream output, TimeProvider clock, LogLevel minimum) : ConsoleLoggerProvider(output, minimum)
{
    protected override void Format(IBufferWriter<byte> line, in Entry entry)
    {
        using var writer = new Utf8JsonWriter(line);
        writer.WriteStartObject();
        writer.WriteString("timestamp", clock.GetUtcNow());
        writer.WriteString("level", entry.Level.ToString());
        writer.WriteString("category", entry.Category);
        writer.WriteNumber("eventId", entry.EventId.Id);
        writer.WriteString("message", Masking.Mask(entry.Message));
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            writer.WriteString("traceId", activity.TraceId.ToHexString());
            writer.WriteString("spanId", activity.SpanId.ToHexString());
        }

        Scopes.ForEachScope(WriteValues, writer);
        WriteValues(entry.State, writer);
        if (entry.Exception is { } exception)
        {
            writer.WriteString("exception", Masking.Mask(exception.ToString()));
        }

        writer.WriteEndObject();
    }

    private static void WriteValues(object? state, Utf8JsonWriter writer)
    {
        foreach ((string name, object? value) in ValuesOf(state))
        {
            writer.WritePropertyName(name);
            if (name == LogScope.RequestId)
            {
                writer.WriteStringValue(value?.ToString());
            }
            else
            {
                Write(value, writer);
            }
        }
    }

    private static void Write(object? value, Utf8JsonWriter writer)
    {
        switch (value)
        {
            case bool yes:
                writer.WriteBooleanValue(yes);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case float or double when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(value?.ToString() is { } text ? Masking.Mask(text) : null);
                break;
        }
    }
}
