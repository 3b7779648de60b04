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
    private static readonly LogLevel Lowest = Parse(Setting("LEVEL"), LogLevel.Trace);
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

    private static LogLevel Parse(string level, LogLevel otherwise = LogLevel.Information) =>
        Enum.TryParse(level, ignoreCase: true, out LogLevel parsed) ? parsed : otherwise;

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
                ErrorDocument.WriteMembers(json, exception);
            }

            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }
}
