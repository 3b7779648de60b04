using Microsoft.Extensions.Logging;

namespace WhatsAppEventHandler.Tests.World;

/// <summary>Keeps every line as it would be written, exceptions and named values included.</summary>
internal sealed class CollectingLogger : ILogger
{
    public List<(LogLevel Level, string Line)> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add((logLevel, $"{formatter(state, exception)} {string.Join(' ', state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])} {exception}"));
}
