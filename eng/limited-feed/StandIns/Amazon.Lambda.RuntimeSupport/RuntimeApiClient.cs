using System.Net;
using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The calls of the Lambda Runtime API that one invocation needs.</summary>
/// <param name="http">Shared by all calls.</param>
/// <param name="endpoint">Host, port and possibly a path, without scheme: the value of <c>AWS_LAMBDA_RUNTIME_API</c>.</param>
/// <param name="time">Tells how far away a deadline is.</param>
internal sealed class RuntimeApiClient(HttpClient http, string endpoint, TimeProvider time)
{
    private readonly string _runtime = $"http://{endpoint}/2018-06-01".TrimEnd('/') + "/runtime";

    public async Task<InvocationRequest> GetNextInvocationAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_runtime}/invocation/next");
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode is not HttpStatusCode.OK)
        {
            throw await UnexpectedAsync(response, cancellationToken);
        }

        byte[] input = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new InvocationRequest(new MemoryStream(input, writable: false), new LambdaContext(response.Headers, time));
    }

    public Task SendResponseAsync(string requestId, Stream output, CancellationToken cancellationToken)
    {
        HttpContent content = output is null ? new ByteArrayContent([]) : new StreamContent(output);
        return PostAsync($"{_runtime}/invocation/{requestId}/response", content, "application/json", errorType: null, cancellationToken);
    }

    public Task ReportInvocationErrorAsync(string requestId, Exception exception, CancellationToken cancellationToken) =>
        ReportAsync($"{_runtime}/invocation/{requestId}/error", exception, cancellationToken);

    public Task ReportInitializationErrorAsync(Exception exception, CancellationToken cancellationToken) =>
        ReportAsync($"{_runtime}/init/error", exception, cancellationToken);

    private Task ReportAsync(string uri, Exception exception, CancellationToken cancellationToken) =>
        PostAsync(
            uri,
            new ByteArrayContent(ErrorDocument.From(exception)),
            "application/vnd.aws.lambda.error+json",
            exception.GetType().Name,
            cancellationToken);

    private async Task PostAsync(string uri, HttpContent content, string contentType, string errorType, CancellationToken cancellationToken)
    {
        // Not disposed, because that would close the handler's stream, which may want to stay open (DisposeOutputStream).
        var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = content };
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (errorType is not null)
        {
            request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        }

        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw await UnexpectedAsync(response, cancellationToken);
        }
    }

    private static async Task<HttpRequestException> UnexpectedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string body = await response.Content.ReadAsStringAsync(cancellationToken);
        HttpRequestMessage request = response.RequestMessage;
        string message = $"The Lambda Runtime API answered {(int)response.StatusCode} to {request.Method} {request.RequestUri}: {body}";
        return new HttpRequestException(message, inner: null, response.StatusCode);
    }
}
