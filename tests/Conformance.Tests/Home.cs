using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhatsAppBuffer.Conformance;

/// <summary>A home of DynamoDB, spoken to in its own JSON, so that nothing of an answer is lost in a client.</summary>
internal sealed record Home(string Name, Uri Uri, HttpClient Http)
{
    private const string Streams = "DynamoDBStreams_20120810";
    private const string Tables = "DynamoDB_20120810";

    /// <summary>
    /// Whether numbers are answered in one spelling: AWS stores numbers in its own, DynamoDB Local keeps what an update set as it was sent.
    /// </summary>
    public bool NumbersByValue { get; init; }

    public async Task<Answer> SendAsync(string operation, string request)
    {
        string service = operation is "DescribeStream" or "GetShardIterator" or "GetRecords" or "ListStreams" ? Streams : Tables;
        using var message = new HttpRequestMessage(HttpMethod.Post, Uri) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request)) };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.0");
        message.Headers.TryAddWithoutValidation("X-Amz-Target", $"{service}.{operation}");
        // Neither home checks a signature; both want to see one.
        message.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=any/20261122/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=any");
        using HttpResponseMessage response = await Http.SendAsync(message, TestContext.Current.CancellationToken);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonNode answer = body.Length == 0 ? new JsonObject() : JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { MaxDepth = 256 })!;
        return new Answer((int)response.StatusCode, NumbersByValue ? NumberSpelling.Usual(answer) : answer);
    }

    /// <summary>Sends what must succeed.</summary>
    public async Task<JsonNode> DemandAsync(string operation, string json)
    {
        Answer answer = await SendAsync(operation, json);
        Assert.True(answer.Status == 200, $"{Name} refused {operation} {json}: {answer.Body.ToJsonString()}");
        return answer.Body;
    }
}

/// <summary>An answer as it came over HTTP.</summary>
internal sealed record Answer(int Status, JsonNode Body);
