using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Logging;

/// <summary>Logging of a Lambda function.</summary>
public static class FunctionLogging
{
    /// <summary>
    /// A logger factory that writes JSON lines to standard output before each log call returns. <c>AWS_LAMBDA_LOG_LEVEL</c>
    /// (TRACE, DEBUG, INFO, WARN, ERROR, FATAL; default INFO) sets the lowest level.
    /// </summary>
    /// <param name="clock">Stamps the lines.</param>
    public static ILoggerFactory Create(TimeProvider clock) =>
        new LoggerFactory([Console(clock)], new LoggerFilterOptions { MinLevel = Minimum });

    internal static LogLevel Minimum => LevelOf(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_LEVEL"));

    internal static ConsoleJsonLoggerProvider Console(TimeProvider clock) => new(System.Console.OpenStandardOutput(), clock, Minimum);

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
