using System.Buffers;
using System.Text.Json;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>
/// How long the newest message of an aggregate took from End User Messaging to the agent, as a line of the function's log that CloudWatch makes a metric of (embedded
/// metric format): it needs no other telemetry.
/// </summary>
internal static class WaitMetric
{
    /// <summary>The metric's namespace.</summary>
    public const string Namespace = "WhatsAppBuffer";

    /// <summary>The metric's name.</summary>
    public const string Name = "ReceiptToAgent";

    private const string Dimension = "FunctionName";

    /// <summary>What took longer was put back by a person, or was told with a wrong time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Writes the line where logs are JSON, as on Lambda.</summary>
    /// <param name="receivedAt">When the newest message came, in seconds; null when that is not known.</param>
    public static void Write(long? receivedAt)
    {
        if (Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT") == "JSON" && receivedAt is { } came
            && Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME") is { } function
            && Line(function, DateTimeOffset.FromUnixTimeSeconds(came), TimeProvider.System.GetUtcNow()) is { Length: > 0 } line)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(line.Span);
        }
    }

    /// <returns>The line, its end too; empty when the time cannot be right.</returns>
    internal static ReadOnlyMemory<byte> Line(string function, DateTimeOffset receivedAt, DateTimeOffset now)
    {
        TimeSpan waited = now - receivedAt;
        if (waited < TimeSpan.Zero || waited > Longest)
        {
            return default;
        }

        var line = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", now.ToUnixTimeMilliseconds());
            json.WriteStartArray("CloudWatchMetrics");
            json.WriteStartObject();
            json.WriteString("Namespace", Namespace);
            json.WriteStartArray("Dimensions");
            json.WriteStartArray();
            json.WriteStringValue(Dimension);
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteStartArray("Metrics");
            json.WriteStartObject();
            json.WriteString("Name", Name);
            json.WriteString("Unit", "Seconds");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteString(Dimension, function);
            json.WriteNumber(Name, Math.Round(waited.TotalSeconds, 3));
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenMemory;
    }
}
