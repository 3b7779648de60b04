using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using LocalAws.Access;
using LocalAws.Faults;
using LocalAws.Protocols;

namespace LocalAws.Endpoint;

/// <summary>
/// The one HTTP endpoint (<c>AWS_ENDPOINT_URL</c>): finds the service by target, path or signing name, lets it answer, writes its errors
/// in its own protocol.
/// </summary>
/// <param name="services">The services, asked in this order.</param>
/// <param name="faults">What goes wrong on the way; nothing when null.</param>
/// <param name="clock">The cloud's clock, for latencies; real time when null.</param>
/// <param name="logger">Is told of every call (debug), and of faults of the cloud itself (error).</param>
public sealed partial class AwsEndpoint(
    IReadOnlyList<IAwsService> services, FaultInjector? faults = null, TimeProvider? clock = null, ILogger<AwsEndpoint>? logger = null)
{
    /// <summary>
    /// How long a connection without requests is kept: a function at a breakpoint sends none, and few runtimes expect theirs to be gone afterwards.
    /// </summary>
    public static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromDays(1);

    private readonly ILogger _log = logger ?? NullLogger<AwsEndpoint>.Instance;

    /// <summary>Raised after each call, on the calling thread.</summary>
    public event Action<AwsCall>? CallCompleted;

    /// <summary>Raised when a call is about to be disturbed by a fault, or was refused: its caller will not get the usual answer in the usual time.</summary>
    internal event Action<AwsRequest>? CallDisturbed;

    internal IReadOnlyList<IAwsService> Services => services;

    /// <summary>Asked before the services, or null.</summary>
    internal IHttpService? Other { get; init; }

    /// <summary>Through this the events are raised.</summary>
    internal Observers Observers { get; init; } = new();

    /// <summary>What refuses requests before they are read.</summary>
    internal AccessGuard Guard { get; init; } = new();

    /// <summary>Tells which function's process made a request; null where there are no functions.</summary>
    internal Func<AwsRequest, string?>? FunctionOf { get; init; }

    /// <summary>Answers one HTTP request, or refuses it when a page of somebody else's asks.</summary>
    /// <param name="context">The request and its response.</param>
    public Task HandleAsync(HttpContext context) => Guard.HandleAsync(context, AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        if (Other?.Owns(context.Request.Path) == true)
        {
            await Other.HandleAsync(context);
            return;
        }

        AwsRequest head = HeadOf(context.Request);
        ReadOnlyMemory<byte>? body = await RequestBody.ReadAsync(context.Request, RequestBody.LimitOf(head), context.RequestAborted);
        AwsRequest request = body is null ? head : head with { Body = body.Value };
        AwsResponse response = body is null ? RefuseBody(head) : await AnswerAsync(request, context.RequestAborted);
        if (response.IsDropped)
        {
            context.Abort();
            return;
        }

        await WriteAsync(context.Response, request, response, context.RequestAborted);
    }

    /// <summary>Answers one request, without HTTP.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<AwsResponse> AnswerAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        foreach (IAwsService service in services)
        {
            if (service.OperationOf(request) is { } operation)
            {
                return await InvokeAsync(service, operation, request, cancellationToken);
            }
        }

        return UnknownService.Answer(request, services.Select(service => service.Name));
    }

    private async Task<AwsResponse> InvokeAsync(IAwsService service, string operation, AwsRequest request, CancellationToken cancellationToken)
    {
        CallFaults fault = faults?.OnCall(service.Name, operation) ?? CallFaults.None;
        if (fault != CallFaults.None)
        {
            CallDisturbed?.Invoke(request);
        }

        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, clock ?? TimeProvider.System, cancellationToken);
        }

        AwsResponse response = await InvokeAsync(service, operation, request, fault, cancellationToken);
        return fault.DropsResponse ? response with { IsDropped = true } : response;
    }

    private async Task<AwsResponse> InvokeAsync(IAwsService service, string operation, AwsRequest request, CallFaults fault, CancellationToken cancellationToken)
    {
        try
        {
            AwsResponse response = fault.Error is { } error ? throw error : await service.InvokeAsync(operation, request, cancellationToken);
            Complete(new AwsCall(service.Name, operation, response.StatusCode, null, request) { IsAnswerLost = fault.DropsResponse });
            return response;
        }
        catch (AwsException refusal)
        {
            return Refuse(service, operation, request, refusal);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The last catch: a client that is told nothing tries again and again, and whoever could mend it never hears of it.
            Failed(e, service.Name, operation, request.RequestId);
            return Refuse(service, operation, request, ServiceErrors.Broken(
                service.Name, $"This is a fault of the local cloud itself, not of the request: {operation} ended with {e.GetType().Name}: {e.Message} Its log has the rest."));
        }
    }

    private AwsResponse Refuse(IAwsService service, string operation, AwsRequest request, AwsException error)
    {
        CallDisturbed?.Invoke(request);
        Complete(new AwsCall(service.Name, operation, error.StatusCode, error.Code, request));
        return service.ToResponse(error, request);
    }

    private void Complete(AwsCall call)
    {
        Completed(call.Service, call.Operation, call.StatusCode, call.ErrorCode);
        AwsCall told = call with { Function = FunctionOf?.Invoke(call.Request) };
        Observers.Tell(CallCompleted, observer => observer(told));
    }

    [LoggerMessage(1, LogLevel.Debug, "{Service} {Operation}: {Status} {ErrorCode}")]
    private partial void Completed(string service, string operation, int status, string? errorCode);

    [LoggerMessage(2, LogLevel.Error, "{Service} {Operation} failed, which is a fault of the local cloud (request {RequestId})")]
    private partial void Failed(Exception error, string service, string operation, string requestId);

    /// <summary>The request without its body, which tells how large that may be.</summary>
    private static AwsRequest HeadOf(HttpRequest http) => new(
        http.Method, http.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2)[0], http.Query, http.Headers, ReadOnlyMemory<byte>.Empty);

    private AwsResponse RefuseBody(AwsRequest head)
    {
        AwsException error = RequestBody.TooLarge(head);
        foreach (IAwsService service in services)
        {
            if (service.OperationOf(head) is { } operation)
            {
                return Refuse(service, operation, head, error);
            }
        }

        return AwsJson.RestError(error);
    }

    private static async Task WriteAsync(HttpResponse http, AwsRequest request, AwsResponse response, CancellationToken cancellationToken)
    {
        http.StatusCode = response.StatusCode;
        http.Headers["x-amzn-RequestId"] = request.RequestId;
        foreach ((string name, string value) in response.Headers)
        {
            http.Headers[name] = value;
        }

        if (response.ContentType is not null)
        {
            http.ContentType = response.ContentType;
        }

        if (response.StatusCode != StatusCodes.Status204NoContent)
        {
            http.ContentLength = response.Body.Length;
            await http.Body.WriteAsync(response.Body, cancellationToken);
        }
    }
}
