using Microsoft.Extensions.Logging;

namespace Simulation.Tests.World;

/// <summary>What <c>connect_event_handler</c> says that it sends again.</summary>
internal sealed class Repetitions : ILogger
{
    private const int SentAgain = 402;

    /// <summary>How often, by Connect's id of the message.</summary>
    public Dictionary<string, int> Named { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == SentAgain && state is IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            string messageId = (string)values.Single(value => value.Key == "MessageId").Value!;
            Named[messageId] = Named.GetValueOrDefault(messageId) + 1;
        }
    }
}
