using LocalAws.Endpoint;
using LocalAws.Faults;
using LocalAws.Lambda.Invocations;
using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Lambda.Functions;

/// <summary>One function at work: finds or starts a sandbox for each invocation, logs it, counts it.</summary>
internal sealed class HostedFunction(FunctionDefinition definition, string arn, IFleet fleet, FunctionLog log, FunctionEvents events, LambdaOptions options, FaultInjector? faults)
{
    private readonly TimeProvider _time = options.RealTime;
    private readonly FunctionCounters _counters = new(definition.MemorySize);

    public FunctionDefinition Definition => definition;

    public string Arn => arn;

    public IFleet Fleet => fleet;

    public FunctionLog Log => log;

    public FunctionEvents Events => events;

    public FunctionStatistics Statistics => _counters.Snapshot();

    /// <summary>How asynchronous invocations are retried; may be changed while they run.</summary>
    public AsyncInvocationSettings AsyncInvocation { get; set; } = definition.AsyncInvocation;

    /// <summary>When the function was created, in real time.</summary>
    public DateTimeOffset CreatedAt { get; } = options.RealTime.GetUtcNow();

    /// <summary>Invokes the function and waits for its end, however it ends.</summary>
    /// <param name="request">The call.</param>
    /// <param name="cancellationToken">Takes the call back while it waits for a sandbox; one that has begun is never stopped.</param>
    /// <exception cref="AwsException"><c>TooManyRequestsException</c>: all concurrency is in use.</exception>
    public async Task<InvocationResult> InvokeAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        if (await fleet.RentAsync(request.RequestId, cancellationToken) is not { } rented)
        {
            _counters.Throttled();
            throw Throttled();
        }

        SandboxReply? reply = null;
        events.Begin(request);
        try
        {
            log.Write(rented.Sandbox.LogStream, FunctionLog.StartLine(request.RequestId));
            long started = _time.GetTimestamp();
            reply = rented.InitError ?? await RunAsync(rented.Sandbox, ToSandbox(request));
            Record(request.RequestId, rented.Sandbox, reply, _time.GetElapsedTime(started), rented.Init);
        }
        finally
        {
            events.End(request.RequestId, reply?.ErrorType is null ? null : PlatformErrors.Describe(reply));
            await fleet.ReturnAsync(rented, reply);
        }

        return new InvocationResult(request.RequestId, reply.ErrorType is null ? null : "Unhandled", reply.Payload);
    }

    /// <summary>A killed invocation ends between its beginning and a quarter beyond the usual duration, or just before it could answer.</summary>
    private async Task<SandboxReply> RunAsync(ISandbox sandbox, SandboxInvocation invocation)
    {
        using IDisposable work = fleet.Backlog.Invoke(sandbox.LogStream);
        return await (faults?.OnInvocation(definition.Name) is { } moment
            ? Crash.InvokeAsync(sandbox, invocation, _counters.UsualDuration * (1.25 * moment), _time)
            : sandbox.InvokeAsync(invocation));
    }

    private AwsException Throttled()
    {
        string reason = definition.ReservedConcurrency is null ? "ConcurrentInvocationLimitExceeded" : "ReservedFunctionConcurrentInvocationLimitExceeded";
        return new AwsException("TooManyRequestsException", "Rate Exceeded.", 429)
        {
            Members = new Dictionary<string, string> { ["Reason"] = $"\"{reason}\"" },
            Headers = new Dictionary<string, string> { ["Retry-After"] = "1" },
        };
    }

    private SandboxInvocation ToSandbox(InvocationRequest request)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return new SandboxInvocation(
            request.RequestId, request.Payload, now + definition.TimeLimit, arn, request.TraceHeader ?? TraceHeader.Create(now), request.ClientContext);
    }

    private void Record(string requestId, ISandbox sandbox, SandboxReply reply, TimeSpan duration, TimeSpan? init)
    {
        TimeSpan billed = TimeSpan.FromMilliseconds(Math.Ceiling((duration + (init ?? TimeSpan.Zero)).TotalMilliseconds));
        _counters.Invoked(duration, billed, cold: init is not null, failed: reply.ErrorType is not null);
        if (reply.ErrorType is not null && !sandbox.IsAlive)
        {
            log.Write(sandbox.LogStream, PlatformErrors.Describe(reply));
        }

        string initPart = init is { } i ? $"Init Duration: {i.TotalMilliseconds:0.00} ms\t" : "";
        log.Write(sandbox.LogStream, $"END RequestId: {requestId}");
        log.Write(
            sandbox.LogStream,
            $"REPORT RequestId: {requestId}\tDuration: {duration.TotalMilliseconds:0.00} ms\tBilled Duration: {billed.TotalMilliseconds:0} ms\t"
            + $"Memory Size: {definition.MemorySize} MB\tMax Memory Used: {sandbox.MaxMemoryUsed} MB\t{initPart}");
    }
}
