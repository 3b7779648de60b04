using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.LimitedFeed;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Lines on standard output as the .NET runtime of Lambda writes them: tab-separated, or one JSON document each when
/// <c>AWS_LAMBDA_LOG_FORMAT</c> is <c>Json</c>; nothing below <c>AWS_LAMBDA_LOG_LEVEL</c>.
/// </summary>
internal sealed class LambdaConsoleLogger(string requestId) : ILambdaLogger
{
    private static readonly bool Json = "Json".Equals(Setting("FORMAT"), StringComparison.OrdinalIgnoreCase);
    private static readonly LogLevel Lowest = Parse(Setting("LEVEL"));
    private static readonly Stream Output = Stream.Synchronized(Console.OpenStandardOutput());

    public void Log(string message) => Write(LogLevel.Information, null, message);

    public void LogLine(string message) => Write(LogLevel.Information, null, message);

    public void Log(string level, string message) => Write(Parse(level), null, message);

    public void Log(string level, string message, params object[] args) =>
        Write(Parse(level), null, MessageTemplate.Render(message, args));

    public void Log(string level, Exception exception, string message, params object[] args) =>
        Write(Parse(level), exception, MessageTemplate.Render(message, args));

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable($"AWS_LAMBDA_HANDLER_LOG_{name}")
        ?? Environment.GetEnvironmentVariable($"AWS_LAMBDA_LOG_{name}");

    /// <summary>An exception that left the handler or the initializer: one line of JSON, or text on standard error.</summary>
    public void LogUnhandled(Exception exception)
    {
        if (Json)
        {
            Write(LogLevel.Error, exception, null);
        }
        else
        {
            Console.Error.WriteLine(exception);
        }
    }

    // Lambda's own names of levels are upper case, and two of them are not .NET's.
    private static LogLevel Parse(string level) => level?.ToUpperInvariant() switch
    {
        "WARN" => LogLevel.Warning,
        "FATAL" => LogLevel.Critical,
        _ => Enum.TryParse(level, ignoreCase: true, out LogLevel parsed) ? parsed : LogLevel.Information,
    };

    private void Write(LogLevel level, Exception exception, string message)
    {
        if (level < Lowest)
        {
            return;
        }

        string timestamp = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        Output.Write(Json ? JsonLine(timestamp, level, exception, message) : TextLine(timestamp, level, exception, message));
        Output.Flush();
    }

    private byte[] TextLine(string timestamp, LogLevel level, Exception exception, string message)
    {
        string label = level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
        string stack = exception is null ? "" : $"\n{exception}";
        return Encoding.UTF8.GetBytes($"{timestamp}\t{requestId}\t{label}\t{message}{stack}\n");
    }

    private byte[] JsonLine(string timestamp, LogLevel level, Exception exception, string message)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", timestamp);
            json.WriteString("level", level.ToString());
            json.Text("requestId", requestId);
            json.Text("traceId", LambdaTraceProvider.CurrentTraceId);
            json.WriteString("message", message);
            if (exception is not null)
            {
                WriteException(json, exception);
            }

            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    private static void WriteException(Utf8JsonWriter json, Exception exception)
    {
        json.WriteString("errorType", exception.GetType().FullName);
        json.WriteString("errorMessage", exception.Message);
        json.WriteStartArray("stackTrace");
        foreach (string line in exception.ToString().Split('\n'))
        {
            json.WriteStringValue(line.Trim());
        }

        json.WriteEndArray();
    }
}
