using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.Lambda.Functions;

namespace WhatsAppBuffer.Simulator.App.Observation;

/// <summary>A function as a part of the system: one that stopped its processes for want of work is as ready as one that has some.</summary>
internal static class FunctionPart
{
    public static PartStatus Of(FunctionStatus function) => function.State switch
    {
        FunctionState.Failed => new(function.Name, PartState.Failed, $"{function.LastError} Its output: GET /_wab/functions/{function.Name}/log"),
        FunctionState.Ready => new(function.Name, PartState.Ready, Processes(function)),
        FunctionState.Cold when function.Starts > 0 => new(function.Name, PartState.Ready, "no process for want of work; the next invocation starts one"),
        _ => new(function.Name, PartState.Starting, Processes(function)),
    };

    private static string Processes(FunctionStatus function) =>
        $"{function.Sandboxes} process{(function.Sandboxes == 1 ? "" : "es")}{(function.Restarts > 0 ? $", restarted {function.Restarts} times; last error: {function.LastError}" : "")}";
}
