using System.Text.Json;
using LocalAws.Endpoint;

namespace LocalAws.Lambda.Sandboxes;

/// <summary>The errors that Lambda itself reports for a function that could not answer; the wording is AWS's.</summary>
internal static class PlatformErrors
{
    /// <summary>6 MB as AWS counts it, for events and for results of synchronous invocations.</summary>
    public const int MaxPayloadBytes = 6_291_556;

    public static SandboxReply TimedOut(string requestId, TimeSpan timeout) =>
        Error("Sandbox.Timedout", $"RequestId: {requestId} Error: Task timed out after {timeout.TotalSeconds:0.00} seconds");

    public static SandboxReply InitTimedOut(string requestId, TimeSpan limit) =>
        Error("Sandbox.Timedout", $"RequestId: {requestId} Error: Init phase timed out after {limit.TotalSeconds:0.00} seconds");

    public static SandboxReply Exited(string requestId, int exitCode) =>
        Error("Runtime.ExitError", $"RequestId: {requestId} Error: {ExitText(exitCode)}");

    public static SandboxReply NotStarted(string requestId, string command, string reason) =>
        Error("Runtime.InvalidEntrypoint", $"RequestId: {requestId} Error: fork/exec {command}: {reason}");

    public static SandboxReply ResponseTooLarge() =>
        Error("Function.ResponseSizeTooLarge", $"Response payload size exceeded maximum allowed payload size ({MaxPayloadBytes} bytes).");

    public static SandboxReply Error(string type, string message, IEnumerable<string>? stackTrace = null) =>
        new(type, JsonText.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("errorType", type);
            writer.WriteString("errorMessage", message);
            if (stackTrace is not null)
            {
                writer.WriteStartArray("stackTrace");
                foreach (string line in stackTrace)
                {
                    writer.WriteStringValue(line);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }));

    /// <summary>An error in one line, for people: type and message.</summary>
    public static string Describe(SandboxReply error)
    {
        try
        {
            using JsonDocument json = ForeignJson.Document(error.Payload);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("errorMessage", out JsonElement message))
            {
                return $"{error.ErrorType}: {message}";
            }
        }
        catch (JsonException)
        {
            // A runtime may report anything: its type has to do.
        }

        return string.IsNullOrEmpty(error.ErrorType) ? "Its process ended and gave no reason." : error.ErrorType;
    }

    // On Unix .NET reports a deadly signal as 128 + its number.
    private static string ExitText(int exitCode) => exitCode switch
    {
        0 => "Runtime exited without providing a reason",
        128 + 6 => "Runtime exited with error: signal: aborted",
        128 + 9 => "Runtime exited with error: signal: killed",
        128 + 11 => "Runtime exited with error: signal: segmentation fault",
        128 + 15 => "Runtime exited with error: signal: terminated",
        _ => $"Runtime exited with error: exit status {exitCode}",
    };
}
