using Amazon.Lambda.RuntimeSupport;

namespace Amazon.Lambda.Core;

public static class LambdaLogger
{
    private static readonly ILambdaLogger Console = new LambdaConsoleLogger(requestId: null);

    public static void Log(string message) => Console.Log(message);

    public static void Log(string level, string message, params object[] args) => Console.Log(level, message, args);

    public static void Log(LogLevel level, string message, params object[] args) => Console.Log(level, message, args);

    public static void Log(string level, Exception exception, string message, params object[] args) =>
        Console.Log(level, exception, message, args);

    public static void Log(LogLevel level, Exception exception, string message, params object[] args) =>
        Console.Log(level, exception, message, args);
}

public class LambdaTraceProvider
{
    public static string CurrentTraceId => Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
}
