using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Words;
using LocalAws.Lambda.Functions;

namespace WhatsAppBuffer.Simulator.App.Observation;

/// <summary>A function as a part of the system: one that stopped its processes for want of work is as ready as one that has some.</summary>
internal static class FunctionPart
{
    /// <param name="function">Its status.</param>
    /// <param name="startsLate">Whether no process is started ahead.</param>
    public static PartStatus Of(FunctionStatus function, bool startsLate = false) => function.State switch
    {
        FunctionState.Failed => new(function.Name, PartState.Failed, $"{function.LastError} Its output: GET /_wab/functions/{function.Name}/log"),
        FunctionState.Ready => new(function.Name, PartState.Ready, Processes(function)),
        FunctionState.Cold when function.Starts > 0 => new(function.Name, PartState.Ready, "no process for want of work; the next invocation starts one"),
        FunctionState.Cold when startsLate => new(function.Name, PartState.Ready, "no process yet; the first invocation starts one"),
        _ => new(function.Name, PartState.Starting, Processes(function)),
    };

    /// <summary>A function whose processes somebody else starts.</summary>
    /// <param name="function">Its status.</param>
    /// <param name="address">Where they attach: a value of <c>AWS_LAMBDA_RUNTIME_API</c>.</param>
    public static PartStatus OfAttached(FunctionStatus function, string address) => function.State == FunctionState.Ready
        ? new(function.Name, PartState.Ready, $"{Processes(function.Sandboxes)} attached")
        : new(function.Name, PartState.Waiting, $"waits for its process: AWS_LAMBDA_RUNTIME_API={address}{(function.LastError is null ? "" : $"; the last one failed at start: {function.LastError}")}");

    private static string Processes(FunctionStatus function)
    {
        string restarts = function.Restarts > 0 ? $", restarted {Plural.Of(function.Restarts, "time")}" : "";
        string error = function.Restarts > 0 && !string.IsNullOrEmpty(function.LastError) ? $"; last error: {function.LastError}" : "";
        return $"{Processes(function.Sandboxes)}{restarts}{error}";
    }

    private static string Processes(int count) => Plural.Of(count, "process", "processes");
}
