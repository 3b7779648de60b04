using System.Buffers;
using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Logging;

/// <summary>
/// Writes to standard output before the log call returns: a Lambda sandbox is frozen as soon as the function has answered, so a logger that
/// writes in the background (as the framework's console logger does) would lose its last lines. Lines carry the current trace, the values of
/// the scopes around them, and no phone number (<see cref="Masking"/>).
/// </summary>
/// <param name="output">Where lines go.</param>
/// <param name="minimum">Lines below this level are left out.</param>
internal abstract class ConsoleLoggerProvider(Stream output, LogLevel minimum) : ILoggerProvider, ISupportExternalScope
{
    private readonly Lock _gate = new();

    /// <summary>The scopes around a line.</summary>
    protected IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => new ConsoleLogger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    public void Dispose()
    {
    }

    /// <summary>Writes one entry, without its line end.</summary>
    protected abstract void Format(IBufferWriter<byte> line, in Entry entry);

    /// <summary>The values of a log call or a scope, by name.</summary>
    protected static IEnumerable<KeyValuePair<string, object?>> ValuesOf(object? state) =>
        (state as IEnumerable<KeyValuePair<string, object?>> ?? []).Where(pair => pair.Key != "{OriginalFormat}");

    private void Write(in Entry entry)
    {
        var line = new ArrayBufferWriter<byte>(512);
        Format(line, entry);
        line.Write("\n"u8);
        lock (_gate)
        {
            output.Write(line.WrittenSpan);
            output.Flush();
        }
    }

    /// <summary>What a log call was given.</summary>
    protected readonly record struct Entry(string Category, LogLevel Level, EventId EventId, string Message, Exception? Exception, object? State);

    private sealed class ConsoleLogger(ConsoleLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider.Scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= provider.Minimum && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                provider.Write(new Entry(category, logLevel, eventId, formatter(state, exception), exception, state));
            }
        }
    }

    private LogLevel Minimum { get; } = minimum;
}
