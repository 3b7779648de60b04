using System.Collections.Concurrent;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Faults;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;
using LocalAws.Lambda.RuntimeApi;
using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Lambda;

/// <summary>The functions of a local cloud and their invocations, synchronous and asynchronous. Disposing it ends every process it started.</summary>
public sealed class LambdaEngine : IFunctionInvoker, IDeliveryTarget, IAsyncDisposable
{
    /// <summary>The variable that leads a runtime to its Runtime API.</summary>
    public const string RuntimeApiVariable = "AWS_LAMBDA_RUNTIME_API";

    private const int MaxAsyncPayloadBytes = 1024 * 1024;

    private readonly AwsAccount _account;
    private readonly TimeProvider _clock;
    private readonly DeliveryRouter _router;
    private readonly LambdaOptions _options;
    private readonly FaultInjector? _faults;
    private readonly ProcessGuard _guard = new();
    private readonly SandboxFactory _sandboxes;
    private readonly ConcurrentDictionary<string, Entry> _functions = new();
    private readonly ITimer _reaper;

    /// <summary>Creates an engine without functions.</summary>
    /// <param name="account">Whose ARNs it mints.</param>
    /// <param name="clock">The cloud's clock: times the retries of asynchronous invocations.</param>
    /// <param name="router">Takes destination records and dead letters; add this engine to it so that functions can be destinations.</param>
    /// <param name="options">Limits; AWS's own by default.</param>
    /// <param name="faults">Says which invocations are killed; none when null.</param>
    public LambdaEngine(AwsAccount account, TimeProvider clock, DeliveryRouter router, LambdaOptions? options = null, FaultInjector? faults = null)
    {
        (_account, _clock, _router, _options, _faults) = (account, clock, router, options ?? new LambdaOptions(), faults);
        _sandboxes = new SandboxFactory(account, _guard, _options.RealTime);
        TimeSpan interval = _options.IdleLimit / 2;
        _reaper = _options.RealTime.CreateTimer(_ => _ = ReapAsync(), null, interval, interval);
    }

    /// <summary>Raised when a function's sandboxes came, went or failed; on the thread that saw it.</summary>
    public event Action<FunctionStatus>? StatusChanged;

    /// <summary>Raised when a destination or dead-letter queue could not take a record: function name, ARN, error. The record is lost, as on AWS.</summary>
    public event Action<string, string, AwsException>? DeliveryFailed;

    /// <summary>Through this the events are raised.</summary>
    internal Observers Observers { get; init; } = new();

    /// <summary>Whether no asynchronous invocation is queued, waiting for a retry or under way.</summary>
    public bool IsIdle => _functions.Values.All(f => f.Queue.Depth == 0);

    /// <summary>All functions, by name.</summary>
    public IReadOnlyList<FunctionStatus> Functions => [.. _functions.Values.Select(f => f.Function.Fleet.Status).OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>Creates a function; its first sandbox starts with its first invocation or <see cref="WarmUpAsync"/>.</summary>
    /// <param name="definition">Code and settings.</param>
    /// <returns>The function's ARN.</returns>
    /// <exception cref="AwsException"><c>ResourceConflictException</c>: the name is taken; <c>InvalidParameterValueException</c>: a setting is out of range.</exception>
    public string CreateFunction(FunctionDefinition definition)
    {
        definition.Validate();
        if (definition.Code is FunctionCode.Attached)
        {
            _faults?.MayNotKill(definition.Name);
        }

        string arn = _account.Arn("lambda", $"function:{definition.Name}");
        var log = new FunctionLog(_options.LogLines, _options.RealTime);
        var slots = new SandboxSlots();
        IFleet fleet = definition.Code is FunctionCode.Attached
            ? new AttachedFleet(definition, log, _options)
            : new SandboxFleet(definition, () => _sandboxes.Create(definition, log, slots), _options);
        var function = new HostedFunction(definition, arn, fleet, log, new FunctionEvents(_clock), _options, _faults);
        var entry = new Entry(function, new AsyncQueue(function, _router, _clock));
        if (!_functions.TryAdd(definition.Name, entry))
        {
            throw new AwsException("ResourceConflictException", $"Function already exist: {definition.Name}", 409);
        }

        fleet.StatusChanged += status => Observers.Tell(StatusChanged, observer => observer(status));
        entry.Queue.DeliveryFailed += (name, target, error) => Observers.Tell(DeliveryFailed, observer => observer(name, target, error));
        return arn;
    }

    /// <summary>Deletes a function and stops its processes; events still queued for it are lost. Attached processes are sent away.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public async Task DeleteFunctionAsync(string functionName)
    {
        HostedFunction function = Find(functionName);
        await RemoveAsync(function.Definition.Name);
        (function.Fleet as AttachedFleet)?.SendAway();
    }

    /// <summary>Starts sandboxes ahead, so that the first invocations find them waiting; a failure shows in the function's status.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <param name="sandboxes">How many there are to be, at most as many as may work at once.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public Task WarmUpAsync(string functionName, int sandboxes = 1) => Find(functionName).Fleet.WarmUpAsync(sandboxes);

    /// <summary>
    /// Whether this machine is late: a sandbox is starting, or an invocation or an event that waits for a sandbox takes longer than
    /// <paramref name="patience"/>. An invocation one of whose calls the cloud has delayed or refused is not waited for: it waits itself.
    /// </summary>
    /// <param name="patience">In real time.</param>
    public bool IsBehind(TimeSpan patience) => _functions.Values.Any(f => f.Function.Fleet.Backlog.IsBehind(patience));

    /// <inheritdoc/>
    public Task<InvocationResult> InvokeAsync(string functionName, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        InvokeAsync(functionName, new InvocationRequest(payload), cancellationToken);

    /// <summary>Invokes a function and waits for its answer. A caller that stops waiting does not stop the function.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <param name="request">The call.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsException">As <see cref="IFunctionInvoker.InvokeAsync"/>.</exception>
    public Task<InvocationResult> InvokeAsync(string functionName, InvocationRequest request, CancellationToken cancellationToken)
    {
        HostedFunction function = Find(functionName);
        ThrowIfLarger(request.Payload, PlatformErrors.MaxPayloadBytes);
        return function.InvokeAsync(request, cancellationToken).WaitAsync(cancellationToken);
    }

    /// <summary>Queues an asynchronous invocation (type <c>Event</c>).</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <param name="request">The call; at most 1 MB.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c> (404) or <c>RequestTooLargeException</c> (413).</exception>
    public void InvokeEvent(string functionName, InvocationRequest request)
    {
        Entry entry = FindEntry(functionName);
        ThrowIfLarger(request.Payload, MaxAsyncPayloadBytes);
        entry.Queue.Accept(request);
    }

    /// <inheritdoc/>
    public bool Owns(string arn) => arn.StartsWith("arn:aws:lambda:", StringComparison.Ordinal);

    /// <summary>Invokes a function asynchronously with a message's body as its event.</summary>
    /// <inheritdoc/>
    public Task DeliverAsync(string arn, DeliveryMessage message, CancellationToken cancellationToken)
    {
        InvokeEvent(arn, new InvocationRequest(System.Text.Encoding.UTF8.GetBytes(message.Body)));
        return Task.CompletedTask;
    }

    /// <summary>A function's definition.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public FunctionDefinition GetFunction(string functionName) => Find(functionName).Definition;

    /// <summary>A function's ARN, unqualified.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public string GetFunctionArn(string functionName) => Find(functionName).Arn;

    /// <summary>How a function's sandboxes are.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public FunctionStatus GetStatus(string functionName) => Find(functionName).Fleet.Status;

    /// <summary>What a function did so far, and what AWS would bill.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public FunctionStatistics GetStatistics(string functionName) => Find(functionName).Statistics;

    /// <summary>Asynchronous events accepted and not yet ended.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public int GetQueueDepth(string functionName) => FindEntry(functionName).Queue.Depth;

    /// <summary>The last lines of a function's log group.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public IReadOnlyList<FunctionLogLine> GetLog(string functionName) => Find(functionName).Log.Lines();

    /// <summary>The environment variables with which a process attaches to a function: where its Runtime API is, AWS's reserved ones, the function's own.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <param name="endpoint">Where this cloud listens.</param>
    /// <param name="slot">Which sandbox the process is, 0 to 999; no two processes are the same one.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>; <c>InvalidParameterValueException</c>: there is no such slot, or the function's processes are this cloud's own.</exception>
    public IReadOnlyDictionary<string, string> GetAttachedEnvironment(string functionName, Uri endpoint, int slot = 0)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        FunctionDefinition definition = Find(functionName).Definition;
        if (definition.Code is not FunctionCode.Attached)
        {
            throw new AwsException("InvalidParameterValueException", $"The function '{definition.Name}' runs in processes of this local cloud's own. To start its process yourself, create it as an attached one (up --attach {definition.Name}).");
        }

        if (slot is < 0 or >= AttachedFleet.MaxSlots)
        {
            throw new AwsException("InvalidParameterValueException", $"'{slot}' is no slot. Slots are 0 to {AttachedFleet.MaxSlots - 1}.");
        }

        var environment = new Dictionary<string, string?>();
        SandboxEnvironment.Reserve(environment, definition, _account, AttachedRuntimeApi.AddressOf(endpoint, definition.Name, slot), AttachedSandbox.LogStreamOf(definition, slot));
        return environment.ToDictionary(variable => variable.Key, variable => variable.Value!);
    }

    /// <summary>The last events that a function was invoked with, the oldest first: 50 at the most, with payloads of 8 MB in sum.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>.</exception>
    public IReadOnlyList<FunctionEvent> GetEvents(string functionName) => Find(functionName).Events.All;

    /// <summary>Invokes a function once more with an event it had, under a new request id, and waits for its answer; nothing is retried.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <param name="eventId">The event's <see cref="FunctionEvent.Id"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>: there is no such function, or the event is not kept any more.</exception>
    public Task<InvocationResult> ResendAsync(string functionName, string eventId, CancellationToken cancellationToken)
    {
        FunctionEvent again = GetEvents(functionName).FirstOrDefault(e => e.Id == eventId) ?? throw new AwsException(
            "ResourceNotFoundException", $"'{eventId}' is none of the last {FunctionEvents.MaxEvents} events of {functionName}.", 404);
        return InvokeAsync(functionName, new InvocationRequest(again.Payload) { ClientContext = again.ClientContext }, cancellationToken);
    }

    /// <summary>Forgets the events of all functions.</summary>
    public void ForgetEvents()
    {
        foreach (Entry entry in _functions.Values)
        {
            entry.Function.Events.Clear();
        }
    }

    /// <summary>Stops all functions' processes and drops queued events.</summary>
    public async ValueTask DisposeAsync()
    {
        IsDisposed = true;
        await _reaper.DisposeAsync();
        await Task.WhenAll(_functions.Keys.Select(RemoveAsync));
        _guard.Dispose();
    }

    internal bool IsDisposed { get; private set; }

    internal TimeProvider RealTime => _options.RealTime;

    /// <summary>Told of each call that was delayed or refused, by whomever.</summary>
    internal void Excuse(AwsRequest request)
    {
        if (request.Headers["X-Amz-Security-Token"].ToString() is { Length: > 0 } sandbox)
        {
            foreach (Entry entry in _functions.Values)
            {
                entry.Function.Fleet.Backlog.Excuse(sandbox);
            }
        }
    }

    /// <summary>The function whose process signed a request, or null: each has an access key of its own, as its role has on AWS.</summary>
    internal string? CallerOf(AwsRequest request) =>
        request.AccessKeyId is { Length: > 0 } key ? _functions.Values.FirstOrDefault(entry => entry.Function.Definition.AccessKeyId == key)?.Function.Definition.Name : null;

    /// <summary>Names of the attached functions, sorted.</summary>
    internal IReadOnlyList<string> AttachedFunctions =>
        [.. _functions.Values.Where(f => f.Function.Fleet is AttachedFleet).Select(f => f.Function.Definition.Name).Order(StringComparer.Ordinal)];

    /// <summary>A function by its bare name, or null.</summary>
    internal HostedFunction? TryFind(string name) => _functions.GetValueOrDefault(name)?.Function;

    internal HostedFunction Find(string functionName) => FindEntry(functionName).Function;

    private async Task RemoveAsync(string name)
    {
        if (_functions.TryRemove(name, out Entry? entry))
        {
            _faults?.MayKill(name);
            await entry.DisposeAsync();
        }
    }

    private Entry FindEntry(string functionName)
    {
        FunctionName name = FunctionName.Parse(functionName) ?? throw new AwsException(
            "ValidationException", $"1 validation error detected: Value '{functionName}' at 'functionName' is neither a function's name nor its ARN.");
        if (name.Qualifier is null or FunctionDefinition.Version && _functions.TryGetValue(name.Name, out Entry? entry))
        {
            return entry;
        }

        string qualifier = name.Qualifier is null ? "" : $":{name.Qualifier}";
        throw new AwsException("ResourceNotFoundException", $"Function not found: {_account.Arn("lambda", $"function:{name.Name}{qualifier}")}", 404);
    }

    private static void ThrowIfLarger(ReadOnlyMemory<byte> payload, int limit)
    {
        if (payload.Length > limit)
        {
            throw new AwsException(
                "RequestTooLargeException", $"Request must be smaller than {limit} bytes for the InvokeFunction operation (it is {payload.Length}).", 413);
        }
    }

    private Task ReapAsync() => Task.WhenAll(_functions.Values.Select(f => f.Function.Fleet.ReapAsync(_options.IdleLimit)));

    private sealed record Entry(HostedFunction Function, AsyncQueue Queue) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Function.Fleet.DisposeAsync();
            await Queue.DisposeAsync();
        }
    }
}
