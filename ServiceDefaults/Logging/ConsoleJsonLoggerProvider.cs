using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Logging;

/// <summary>
/// Writes one JSON object a line to standard output, before the log call returns: a Lambda sandbox is frozen as soon as the function has
/// answered, so a logger that writes in the background (as the framework's console logger does) would lose its last lines. Lines carry the
/// current trace, the values of the scopes around them, and no phone number (<see cref="Masking"/>).
/// </summary>
/// <param name="output">Where lines go.</param>
/// <param name="clock">Stamps the lines.</param>
/// <param name="minimum">Lines below this level are left out.</param>
internal sealed class ConsoleJsonLoggerProvider(Stream output, TimeProvider clock, LogLevel minimum) : ILoggerProvider, ISupportExternalScope
{
    private readonly Lock _gate = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => new ConsoleJsonLogger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private void Write(string category, LogLevel level, EventId eventId, string message, Exception? exception, object? values)
    {
        var line = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", clock.GetUtcNow());
            writer.WriteString("level", level.ToString());
            writer.WriteString("category", category);
            writer.WriteNumber("eventId", eventId.Id);
            writer.WriteString("message", Masking.Mask(message));
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            {
                writer.WriteString("traceId", activity.TraceId.ToHexString());
                writer.WriteString("spanId", activity.SpanId.ToHexString());
            }

            _scopes.ForEachScope(WriteValues, writer);
            WriteValues(values, writer);
            if (exception is not null)
            {
                writer.WriteString("exception", Masking.Mask(exception.ToString()));
            }

            writer.WriteEndObject();
        }

        line.Write("\n"u8);
        lock (_gate)
        {
            output.Write(line.WrittenSpan);
            output.Flush();
        }
    }

    private static void WriteValues(object? state, Utf8JsonWriter writer)
    {
        foreach ((string name, object? value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            if (name != "{OriginalFormat}")
            {
                writer.WriteString(name, value?.ToString() is { } text ? Masking.Mask(text) : null);
            }
        }
    }

    private sealed class ConsoleJsonLogger(ConsoleJsonLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= provider.Minimum && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                provider.Write(category, logLevel, eventId, formatter(state, exception), exception, state);
            }
        }
    }

    private LogLevel Minimum { get; } = minimum;
}
