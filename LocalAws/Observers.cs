using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalAws;

/// <summary>
/// Through this every public event of a local cloud is raised. An observer may be anybody's code: what it throws stops neither what it observes nor the
/// other observers; it is counted here, and logged once.
/// </summary>
public sealed partial class Observers
{
    private readonly ConcurrentDictionary<(string Event, string Observer), ObserverFailure> _failures = new();
    private readonly ILogger _logger;

    internal Observers(ILogger? logger = null) => _logger = logger ?? NullLogger.Instance;

    /// <summary>Which observers have failed so far.</summary>
    public IReadOnlyList<ObserverFailure> Failures => [.. _failures.Values.OrderBy(failure => failure.Event, StringComparer.Ordinal).ThenBy(failure => failure.Observer, StringComparer.Ordinal)];

    /// <summary>Raises an event.</summary>
    /// <param name="observers">The event.</param>
    /// <param name="tell">Tells one of them.</param>
    /// <param name="name">The event's name.</param>
    internal void Tell<TObserver>(TObserver? observers, Action<TObserver> tell, [CallerArgumentExpression(nameof(observers))] string name = "")
        where TObserver : Delegate
    {
        foreach (TObserver observer in Delegate.EnumerateInvocationList(observers))
        {
            try
            {
                tell(observer);
            }
#pragma warning disable CA1031 // Whatever they throw.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Note(name, $"{observer.Method.DeclaringType?.Name}.{observer.Method.Name}", e);
            }
        }
    }

    private void Note(string name, string observer, Exception error)
    {
        ObserverFailure failure = _failures.AddOrUpdate(
            (name, observer), _ => new ObserverFailure(name, observer, 1, $"{error.GetType().Name}: {error.Message}"), (_, before) => before with { Count = before.Count + 1 });
        if (failure.Count == 1)
        {
            LogFailed(error, observer, name);
        }
    }

    [LoggerMessage(1001, LogLevel.Error, "The observer {Observer} of {Event} failed. What it observes goes on; it is told once, and counted from now on")]
    private partial void LogFailed(Exception error, string observer, string @event);
}

/// <summary>An observer that threw.</summary>
/// <param name="Event">The event.</param>
/// <param name="Observer">The method.</param>
/// <param name="Count">How often.</param>
/// <param name="FirstError">What it threw at first.</param>
public sealed record ObserverFailure(string Event, string Observer, int Count, string FirstError);
