using System.Buffers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using LocalAws.Access;
using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Lambda.RuntimeApi;

/// <summary>The Runtime API, version 2018-06-01, of one sandbox.</summary>
/// <param name="exchange">Where the sandbox is met.</param>
/// <param name="guard">What refuses requests of pages; null where one stands before it.</param>
internal sealed class RuntimeApiApplication(IRuntimeExchange exchange, AccessGuard? guard = null) : IHttpApplication<HttpContext>
{
    /// <summary>The version, which paths begin with.</summary>
    public const string Version = "2018-06-01";

    private const string Root = $"/{Version}/runtime/";

    /// <summary>Of a body that is too large, this much is read and thrown away, so that its sender reads the answer.</summary>
    private const int MaxDrainedBytes = 64 * 1024 * 1024;

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public Task ProcessRequestAsync(HttpContext context) => guard is null ? RouteAsync(context) : guard.HandleAsync(context, RouteAsync);

    private Task RouteAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        string[] parts = path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..].Split('/') : [];
        return (context.Request.Method, parts) switch
        {
            ("GET", ["invocation", "next"]) => NextAsync(context),
            ("POST", ["invocation", var requestId, "response"]) => ReplyAsync(context, requestId, errorType: null),
            ("POST", ["invocation", var requestId, "error"]) => ReplyAsync(context, requestId, ErrorTypeOf(context.Request)),
            ("POST", ["init", "error"]) => FailInitAsync(context),
            _ => AnswerAsync(context, StatusCodes.Status404NotFound, """{"errorMessage":"No such path in the Runtime API of this local cloud.","errorType":"NotFound"}"""u8.ToArray()),
        };
    }

    private async Task NextAsync(HttpContext context)
    {
        SandboxInvocation invocation;
        try
        {
            invocation = await exchange.NextAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            return;
        }
        catch (RuntimeRefusedException e)
        {
            // What AWS answers a runtime that asks in a state in which it may not.
            await AnswerAsync(context, StatusCodes.Status403Forbidden, PlatformErrors.Error("InvalidStateTransition", e.Message).Payload);
            return;
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString();
        headers["Lambda-Runtime-Invoked-Function-Arn"] = invocation.FunctionArn;
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        if (invocation.ClientContext is not null)
        {
            headers["Lambda-Runtime-Client-Context"] = invocation.ClientContext;
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = invocation.Payload.Length;
        await context.Response.Body.WriteAsync(invocation.Payload, context.RequestAborted);
    }

    private async Task ReplyAsync(HttpContext context, string requestId, string? errorType)
    {
        ReadOnlyMemory<byte>? body = await ReadAsync(context.Request, context.RequestAborted);
        SandboxReply reply = body is null ? PlatformErrors.ResponseTooLarge() : new SandboxReply(errorType, body.Value);
        if (!exchange.TryReply(requestId, reply))
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, """{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}"""u8.ToArray());
        }
        else if (body is null)
        {
            await AnswerAsync(context, StatusCodes.Status413PayloadTooLarge, """{"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).","errorType":"RequestEntityTooLarge"}"""u8.ToArray());
        }
        else
        {
            await AcceptAsync(context);
        }
    }

    private async Task FailInitAsync(HttpContext context)
    {
        ReadOnlyMemory<byte> body = await ReadAsync(context.Request, context.RequestAborted) ?? PlatformErrors.ResponseTooLarge().Payload;
        // First, because the process may end as soon as it is answered, and its end is an error of another kind.
        exchange.FailInit(new SandboxReply(ErrorTypeOf(context.Request), body));
        await AcceptAsync(context);
    }

    private static string ErrorTypeOf(HttpRequest request) =>
        request.Headers["Lambda-Runtime-Function-Error-Type"] is [{ Length: > 0 } type, ..] ? type : "Unhandled";

    private static Task AcceptAsync(HttpContext context) => AnswerAsync(context, StatusCodes.Status202Accepted, """{"status":"OK"}"""u8.ToArray());

    internal static Task AnswerAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        return context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }

    /// <summary>The body, or null when it is over 6 MB.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(request.ContentLength ?? 1024, 256, PlatformErrors.MaxPayloadBytes));
        int total = 0;
        while (total <= MaxDrainedBytes)
        {
            int read = await request.Body.ReadAsync(body.GetMemory(4096), cancellationToken);
            if (read == 0)
            {
                break;
            }

            total += read;
            if (total <= PlatformErrors.MaxPayloadBytes)
            {
                body.Advance(read);
            }
        }

        return total <= PlatformErrors.MaxPayloadBytes ? body.WrittenMemory : default(ReadOnlyMemory<byte>?);
    }
}
