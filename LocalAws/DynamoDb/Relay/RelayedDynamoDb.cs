using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LocalAws.DynamoDb.Wire;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.DynamoDb.Relay;

/// <summary>
/// Hands DynamoDB's operations on to another home, as they came. The functions keep talking to the simulator's endpoint, so that calls are
/// counted, followed and disturbed by fault plans like any other, and so that nobody's AWS credentials get into a function's environment.
/// </summary>
/// <param name="home">Where the other home answers.</param>
/// <param name="sign">Adds the signature to a request with this body; null where no signature is looked at.</param>
/// <param name="prefix">No request that names a table without it is handed on.</param>
public sealed class RelayedDynamoDb(Uri home, Func<HttpRequestMessage, ReadOnlyMemory<byte>, Task>? sign, string prefix) : IAwsService, IAsyncDisposable
{
    private const string TargetPrefix = "DynamoDB_20120810.";

    /// <summary>The same for everyone: LocalStack and DynamoDB Local keep tables by access key and region.</summary>
    private const string UncheckedSignature = "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <inheritdoc/>
    public string Name => "dynamodb";

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request) =>
        request.Target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? request.Target[TargetPrefix.Length..] : null;

    /// <inheritdoc/>
    public async Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken)
    {
        TableNames.RequirePrefix(request.Body, prefix);
        try
        {
            return await SendAsync(operation, request.Body, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What a client sees of a DynamoDB that cannot be reached; SDKs try again.
            throw new AwsException("InternalServerError", $"The storage at {home} does not answer: {e.Message}", 500);
        }
    }

    /// <inheritdoc/>
    public AwsResponse ToResponse(AwsException error, AwsRequest request) => AwsJson.RpcError(AwsJson.Json10, DynamoDbProtocol.NamespaceOf(error.Code), error);

    /// <summary>Whether the home answers, and to us.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AwsException">It refuses.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public Task PingAsync(CancellationToken cancellationToken) =>
        SendAsync("ListTables", "{\"Limit\": 1}"u8.ToArray(), cancellationToken);

    /// <summary>Closes its connections.</summary>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<AwsResponse> SendAsync(string operation, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, home) { Content = new ReadOnlyMemoryContent(body) };
        message.Headers.Add("X-Amz-Target", TargetPrefix + operation);
        if (sign is null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", UncheckedSignature);
        }
        else
        {
            await sign(message, body);
        }

        message.Content.Headers.ContentType = new MediaTypeHeaderValue(AwsJson.Json10);
        using HttpResponseMessage answer = await _http.SendAsync(message, cancellationToken);
        byte[] content = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? new AwsResponse(200, AwsJson.Json10, content) : throw ErrorOf((int)answer.StatusCode, content);
    }

    private static AwsException ErrorOf(int status, byte[] content)
    {
        try
        {
            using JsonDocument json = ForeignJson.Document(content);
            Dictionary<string, string> members = json.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetRawText());
            string? type = Take("__type");
            string message = Take("message") ?? Take("Message") ?? "";
            return new AwsException(type?[(type.IndexOf('#', StringComparison.Ordinal) + 1)..] ?? "InternalServerError", message, status) { Members = members };

            string? Take(string name) => members.Remove(name) ? json.RootElement.GetProperty(name).GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            string text = Encoding.UTF8.GetString(content);
            return new AwsException("InternalServerError", $"HTTP {status}: {(text.Length > 200 ? text[..200] : text)}", status);
        }
    }
}
