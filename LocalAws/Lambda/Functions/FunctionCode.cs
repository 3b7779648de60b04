using System.Text;

namespace LocalAws.Lambda.Functions;

/// <summary>What a sandbox of a function runs.</summary>
public abstract record FunctionCode
{
    private FunctionCode()
    {
    }

    /// <summary>A program that speaks the Runtime API: any executable, or an interpreter with a script.</summary>
    /// <param name="Command">The executable's path, or a name found on <c>PATH</c>.</param>
    /// <param name="Arguments">Its arguments.</param>
    public sealed record Program(string Command, params IReadOnlyList<string> Arguments) : FunctionCode
    {
        /// <summary>The working directory and <c>LAMBDA_TASK_ROOT</c>; null for the current one.</summary>
        public string? WorkingDirectory { get; init; }
    }

    /// <summary>A delegate in this process, for tests: no init phase, no process, the same limits otherwise.</summary>
    /// <param name="Handler">Takes the event, answers the result; an exception becomes a function error.</param>
    public sealed record InProcess(Func<ReadOnlyMemory<byte>, CancellationToken, Task<ReadOnlyMemory<byte>>> Handler) : FunctionCode;

    /// <summary>A delegate in this process that takes the event and answers the result as JSON text.</summary>
    /// <param name="handler">An exception becomes a function error.</param>
    public static InProcess FromText(Func<string, Task<string>> handler) =>
        new(async (payload, _) => Encoding.UTF8.GetBytes(await handler(Encoding.UTF8.GetString(payload.Span))));

    /// <summary>
    /// A function that runs elsewhere, behind another Lambda endpoint: concurrency, queue, retries and dead letters are this cloud's, only the
    /// code's process, its memory and its log are not.
    /// </summary>
    /// <param name="Invoker">Invokes it there.</param>
    public sealed record Remote(IFunctionInvoker Invoker) : FunctionCode;

    /// <summary>
    /// A function whose processes somebody else starts, such as an IDE: any process that speaks the Runtime API attaches to this cloud's endpoint, at
    /// <c>AWS_LAMBDA_RUNTIME_API=host:port/_runtime/name</c>, or <c>…/name/1</c> for a second one beside it, and so on: each such slot is a sandbox. As many
    /// invocations run at once as slots have asked for work; the others wait in line, and none fails because nothing is attached. What
    /// runs elsewhere cannot be killed from here: faults of the effect <c>kill</c> are refused.
    /// </summary>
    public sealed record Attached : FunctionCode
    {
        /// <summary>
        /// Whether the function's own timeout counts. It does not by default, because a debugger cannot be seen from here: an invocation has 15 minutes.
        /// </summary>
        public bool EnforcesTimeout { get; init; }
    }
}
