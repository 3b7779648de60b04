using LocalAws.Endpoint;
using LocalAws.Protocols;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace LocalAws.Access;

/// <summary>
/// What stands before everything that a local cloud answers: refuses what pages of others ask, lets the pages of allowed origins read answers (CORS),
/// and keeps what users upload from being a page of the cloud's own.
/// </summary>
public sealed class AccessGuard
{
    /// <summary>Nothing of it runs, and no other page frames it.</summary>
    private const string NoPage = "sandbox; frame-ancestors 'none'";

    private const string Page = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The types that a browser shows without running anything of them.</summary>
    private static readonly string[] Inert = ["image/", "audio/", "video/", "text/plain", "application/json"];

    private readonly AccessRules _rules;
    private readonly AccessOptions _options;

    /// <summary>Puts a guard together.</summary>
    /// <param name="options">Who may talk to the cloud beside programs of this machine; nobody by default.</param>
    /// <exception cref="ArgumentException">A host or an origin is none.</exception>
    public AccessGuard(AccessOptions? options = null)
    {
        _options = options ?? new AccessOptions();
        _rules = new AccessRules(_options);
    }

    /// <summary>Answers a refused request with 403 and a sentence, and a preflight; hands every other one on.</summary>
    /// <param name="context">The request and its response.</param>
    /// <param name="next">What answers.</param>
    public Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        // A web host may have it before everything, and the endpoint has it too.
        if (context.Items.ContainsKey(typeof(AccessGuard)))
        {
            return next(context);
        }

        context.Items[typeof(AccessGuard)] = this;
        if (_rules.Refusal(context.Request) is { } refusal)
        {
            return RefuseAsync(context, refusal);
        }

        Protect(context);
        return _rules.OtherOrigin(context.Request) is { } origin && Share(context, origin) ? Task.CompletedTask : next(context);
    }

    private void Protect(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        bool isPage = _options.IsPage(context.Request);
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = isPage ? Page : NoPage;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // A browser that opens something as a page says that it wants one; the answers to programs are AWS's.
        if (!isPage && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.OnStarting(() =>
            {
                Download(context.Response);
                return Task.CompletedTask;
            });
        }
    }

    private static void Download(HttpResponse response)
    {
        string type = response.ContentType ?? "";
        bool isInert = !type.StartsWith("image/svg", StringComparison.OrdinalIgnoreCase) && Inert.Any(inert => type.StartsWith(inert, StringComparison.OrdinalIgnoreCase));
        if (response.StatusCode < 300 && !isInert && !response.Headers.ContentDisposition.ToString().StartsWith("attachment", StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.ContentDisposition = "attachment";
        }
    }

    /// <summary>Lets the origin's page read the answer.</summary>
    /// <returns>Whether the request was a preflight, which is answered with this.</returns>
    private static bool Share(HttpContext context, string origin)
    {
        IHeaderDictionary asked = context.Request.Headers;
        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = "*";
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (!HttpMethods.IsOptions(context.Request.Method) || asked.AccessControlRequestMethod.Count == 0)
        {
            return false;
        }

        headers.AccessControlAllowMethods = "GET, HEAD, POST, PUT, PATCH, DELETE";
        headers.AccessControlAllowHeaders = asked.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = "600";
        if (asked["Access-Control-Request-Private-Network"] is ["true"])
        {
            headers["Access-Control-Allow-Private-Network"] = "true";
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }

    /// <summary>In words for people and for SDKs of the JSON protocols; the other SDKs show a body that they cannot read.</summary>
    private static async Task RefuseAsync(HttpContext context, string refusal)
    {
        ReadOnlyMemory<byte> body = JsonText.Bytes(json =>
        {
            json.WriteStartObject();
            json.WriteString("__type", "AccessDeniedException");
            json.WriteString("message", refusal);
            json.WriteString("error", refusal);
            json.WriteEndObject();
        });
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.Headers["x-amzn-ErrorType"] = "AccessDeniedException";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = NoPage;
        context.Response.ContentType = AwsJson.RestJson;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
