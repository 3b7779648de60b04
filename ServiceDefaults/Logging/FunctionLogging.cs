using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Logging;

/// <summary>Logging of a Lambda function.</summary>
public static class FunctionLogging
{
    /// <summary>
    /// A logger factory that writes lines to standard output before each log call returns: text when <c>AWS_LAMBDA_LOG_FORMAT</c> is
    /// <c>Text</c>, else JSON. <c>AWS_LAMBDA_LOG_LEVEL</c> (TRACE, DEBUG, INFO, WARN, ERROR, FATAL; default INFO) sets the lowest level.
    /// </summary>
    /// <param name="clock">Stamps JSON lines.</param>
    public static ILoggerFactory Create(TimeProvider clock) =>
        new LoggerFactory([Console(clock)], new LoggerFilterOptions { MinLevel = Minimum });

    internal static LogLevel Minimum => LevelOf(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_LEVEL"));

    internal static ConsoleLoggerProvider Console(TimeProvider clock) =>
        To(System.Console.OpenStandardOutput(), Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT"), clock, Minimum);

    internal static ConsoleLoggerProvider To(Stream output, string? format, TimeProvider clock, LogLevel minimum) =>
        "Text".Equals(format, StringComparison.OrdinalIgnoreCase)
            ? new ConsoleTextLoggerProvider(output, minimum)
            : new ConsoleJsonLoggerProvider(output, clock, minimum);

    private static LogLevel LevelOf(string? name) => name?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" => LogLevel.Critical,
        _ => LogLevel.Information,
    };
}
