using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Simulator.App.Words;
using LocalAws.Endpoint;

namespace WhatsAppBuffer.Simulator.App.Control;

/// <summary>Every error of the control API is an <see cref="ErrorView"/>: a sentence that says what is wrong with the request.</summary>
internal static partial class ControlErrors
{
    /// <summary>A message of WhatsApp travels by SNS, which takes 256 KB.</summary>
    private const int MaxBodyBytes = 1024 * 1024;

    private const string TooLarge = "The body is larger than 1,048,576 bytes.";

    private const string NotJson = "The body is not declared to be JSON: send the header content-type: application/json.";

    /// <summary>Checks bodies before they are read, and answers whatever an endpoint throws. Comes after routing.</summary>
    public static void UseControlErrors(this WebApplication web) => web.Use(async (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/_wab"))
        {
            await next(context);
            return;
        }

        try
        {
            LimitBody(context);
            await CheckBodyAsync(context);
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            (int status, string sentence) = Describe(e);
            if (status == StatusCodes.Status500InternalServerError)
            {
                Failed(web.Logger, e, context.Request.Method, context.Request.Path);
            }

            await TypedResults.Json(new ErrorView(sentence), ControlJsonContext.Default.ErrorView, statusCode: status).ExecuteAsync(context);
        }
    });

    /// <summary>What is under <c>/_wab</c> and nowhere else: nothing of it is the AWS endpoint's.</summary>
    public static IResult NothingThere(HttpRequest request)
    {
        bool isOtherBody = request.ContentType is not null && !request.HasJsonContentType();
        return isOtherBody
            ? TypedResults.Json(new ErrorView(NotJson), ControlJsonContext.Default.ErrorView, statusCode: StatusCodes.Status415UnsupportedMediaType)
            : TypedResults.Json(new ErrorView($"There is no {request.Method} {request.Path}. All there is: /_wab/openapi.json"), ControlJsonContext.Default.ErrorView, statusCode: StatusCodes.Status404NotFound);
    }

    private static void LimitBody(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBodyBytes)
        {
            // Refused here, its sender gets the answer; what the server itself refuses ends the connection.
            throw new BadHttpRequestException(TooLarge, StatusCodes.Status413PayloadTooLarge);
        }

        if (context.Request.ContentLength is null)
        {
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MaxBodyBytes;
        }
    }

    private static async Task CheckBodyAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } type
            || ControlJsonContext.Default.GetTypeInfo(type) is not { } expected
            || !context.Request.HasJsonContentType())
        {
            return;
        }

        context.Request.EnableBuffering(MaxBodyBytes);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        context.Request.Body.Position = 0;
        if (JsonWords.Problem(body.GetBuffer().AsSpan(0, (int)body.Length), expected) is { } problem)
        {
            throw new ArgumentException($"The body cannot be used: {problem}{(problem.EndsWith('?') ? "" : ".")}");
        }
    }

    private static (int Status, string Sentence) Describe(Exception e) => e switch
    {
        ArgumentException or ScenarioException or UserErrorException or ControlException => (StatusCodes.Status400BadRequest, e.Message),
        AwsException aws => (aws.StatusCode, $"{aws.Code}: {aws.Message}"),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => (StatusCodes.Status415UnsupportedMediaType, NotJson),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, TooLarge),
        BadHttpRequestException bad => (bad.StatusCode, InWords(bad.Message)),
        _ => (StatusCodes.Status500InternalServerError, $"This is a fault of the simulator ({e.GetType().Name}: {e.Message}). What was asked for may have been done in part."),
    };

    /// <summary>ASP.NET names the parameter with its .NET type.</summary>
    private static string InWords(string message) =>
        NotBound().Match(message) is { Success: true } bad ? $"'{bad.Groups["name"]}' is '{bad.Groups["value"]}'; it takes {TypeInWords(bad.Groups["type"].Value)}."
        : NotGiven().Match(message) is { Success: true } missing ? $"'{missing.Groups["name"]}' is missing; give it in the query, {TypeInWords(missing.Groups["type"].Value)}: ?{missing.Groups["name"]}=…"
        : message;

    private static string TypeInWords(string type) => type switch
    {
        "int" or "Nullable<int>" or "int?" => "a whole number",
        "double" or "Nullable<double>" or "double?" => "a number",
        _ => "a text",
    };

    [GeneratedRegex("""^Failed to bind parameter "(?<type>\S+) (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex NotBound();

    [GeneratedRegex("""^Required parameter "(?<type>\S+) (?<name>\w+)" was not provided from query string\.$""")]
    private static partial Regex NotGiven();

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void Failed(ILogger logger, Exception error, string method, PathString path);
}
