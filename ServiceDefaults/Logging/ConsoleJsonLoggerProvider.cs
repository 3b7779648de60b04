using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Logging;

/// <summary>
/// Writes one JSON object a line to standard output, before the log call returns: a Lambda sandbox is frozen as soon as the function has
/// answered, so a logger that writes in the background (as the framework's console logger does) would lose its last lines.
/// </summary>
/// <param name="output">Where lines go.</param>
/// <param name="clock">Stamps the lines.</param>
/// <param name="minimum">Lines below this level are left out.</param>
internal sealed class ConsoleJsonLoggerProvider(Stream output, TimeProvider clock, LogLevel minimum) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new ConsoleJsonLogger(this, categoryName);

    public void Dispose()
    {
    }

    private void Write(string category, LogLevel level, EventId eventId, string message, Exception? exception, IReadOnlyList<KeyValuePair<string, object?>>? values)
    {
        using var line = new MemoryStream(512);
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", clock.GetUtcNow());
            writer.WriteString("level", level.ToString());
            writer.WriteString("category", category);
            writer.WriteNumber("eventId", eventId.Id);
            writer.WriteString("message", message);
            foreach ((string name, object? value) in values ?? [])
            {
                if (name != "{OriginalFormat}")
                {
                    writer.WriteString(name, value?.ToString());
                }
            }

            if (exception is not null)
            {
                writer.WriteString("exception", exception.ToString());
            }

            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        lock (_gate)
        {
            output.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
            output.Flush();
        }
    }

    private sealed class ConsoleJsonLogger(ConsoleJsonLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= provider.Minimum && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                provider.Write(category, logLevel, eventId, formatter(state, exception), exception, state as IReadOnlyList<KeyValuePair<string, object?>>);
            }
        }
    }

    private LogLevel Minimum { get; } = minimum;
}
