using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using LocalAws.Access;
using LocalAws.Faults;

namespace LocalAws.Endpoint;

/// <summary>
/// The one HTTP endpoint (<c>AWS_ENDPOINT_URL</c>): finds the service by target, path or signing name, lets it answer, writes its errors
/// in its own protocol.
/// </summary>
/// <param name="services">The services, asked in this order.</param>
/// <param name="faults">What goes wrong on the way; nothing when null.</param>
/// <param name="clock">The cloud's clock, for latencies; real time when null.</param>
public sealed class AwsEndpoint(IReadOnlyList<IAwsService> services, FaultInjector? faults = null, TimeProvider? clock = null)
{
    /// <summary>
    /// How long a connection without requests is kept: a function at a breakpoint sends none, and few runtimes expect theirs to be gone afterwards.
    /// </summary>
    public static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromDays(1);

    private const int MaxBodyBytes = 128 * 1024 * 1024;

    /// <summary>Raised after each call, on the calling thread.</summary>
    public event Action<AwsCall>? CallCompleted;

    /// <summary>Raised when a call is about to be disturbed by a fault, or was refused: its caller will not get the usual answer in the usual time.</summary>
    internal event Action<AwsRequest>? CallDisturbed;

    /// <summary>Asked before the services, or null.</summary>
    internal IHttpService? Other { get; init; }

    /// <summary>What refuses requests before they are read.</summary>
    internal AccessGuard Guard { get; init; } = new();

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

        AwsRequest request = await ReadAsync(context.Request, context.RequestAborted);
        AwsResponse response = await AnswerAsync(request, context.RequestAborted);
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

        return AwsJson.RestError(new AwsException(
            "UnknownOperationException",
            $"No service of this local cloud answers {request.Method} {request.Path} (target '{request.Target}', signing name '{request.SigningName}'). "
            + $"It imitates: {string.Join(", ", services.Select(s => s.Name))}.",
            404));
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

        AwsResponse response = await InvokeAsync(service, operation, request, fault.Error, cancellationToken);
        return fault.DropsResponse ? response with { IsDropped = true } : response;
    }

    private async Task<AwsResponse> InvokeAsync(IAwsService service, string operation, AwsRequest request, AwsException? fault, CancellationToken cancellationToken)
    {
        try
        {
            AwsResponse response = fault is null ? await service.InvokeAsync(operation, request, cancellationToken) : throw fault;
            CallCompleted?.Invoke(new AwsCall(service.Name, operation, response.StatusCode, null, request));
            return response;
        }
        catch (AwsException error)
        {
            CallDisturbed?.Invoke(request);
            CallCompleted?.Invoke(new AwsCall(service.Name, operation, error.StatusCode, error.Code, request));
            return service.ToResponse(error, request);
        }
    }

    private static async Task<AwsRequest> ReadAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        string path = http.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2)[0];
        return new AwsRequest(http.Method, path, http.Query, http.Headers, await ReadBodyAsync(http, cancellationToken));
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(http.ContentLength ?? 1024, 256, MaxBodyBytes));
        while (true)
        {
            int read = await http.Body.ReadAsync(body.GetMemory(4096), cancellationToken);
            if (read == 0)
            {
                return body.WrittenMemory;
            }

            body.Advance(read);
            if (body.WrittenCount > MaxBodyBytes)
            {
                throw new BadHttpRequestException("The request body is larger than 128 MB.", StatusCodes.Status413PayloadTooLarge);
            }
        }
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
