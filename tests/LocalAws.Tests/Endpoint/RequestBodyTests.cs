using System.Net.Sockets;
using System.Text;
using LocalAws.Endpoint;

namespace LocalAws.Tests.Endpoint;

/// <summary>A request that is larger than its service takes is refused before it is in memory.</summary>
public sealed class RequestBodyTests : IAsyncLifetime
{
    private LocalCloud _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await LocalCloud.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Theory]
    [InlineData("POST /", "X-Amz-Target: DynamoDB_20120810.PutItem", RequestBody.DynamoDb, "HTTP/1.1 413", "RequestEntityTooLargeException")]
    [InlineData("POST /", "X-Amz-Target: DynamoDBStreams_20120810.GetRecords", RequestBody.DynamoDb, "HTTP/1.1 413", "RequestEntityTooLargeException")]
    [InlineData("POST /", "X-Amz-Target: AmazonSQS.SendMessage", RequestBody.Others, "HTTP/1.1 413", "RequestEntityTooLargeException")]
    [InlineData("POST /", "X-Amz-Target: AmazonSSM.PutParameter", RequestBody.Others, "HTTP/1.1 413", "RequestEntityTooLargeException")]
    [InlineData("PUT /contact/chat", "", RequestBody.Others, "HTTP/1.1 413", "RequestEntityTooLargeException")]
    [InlineData("POST /participant/message", "", RequestBody.Others, "HTTP/1.1 413", "RequestEntityTooLargeException")]
    [InlineData("POST /v1/whatsapp/send", "", RequestBody.Others, "HTTP/1.1 413", "RequestEntityTooLargeException")]
    [InlineData("POST /?X-Amz-Credential=a/b/us-east-1/sns/aws4_request", "Content-Type: application/x-www-form-urlencoded", RequestBody.Others, "HTTP/1.1 413", "<Code>RequestEntityTooLargeException</Code>")]
    [InlineData("POST /2015-03-31/functions/f/invocations", "", 6_291_556, "HTTP/1.1 413", "RequestTooLargeException")]
    [InlineData("PUT /bucket/key?X-Amz-Credential=a/b/us-east-1/s3/aws4_request", "", RequestBody.S3, "HTTP/1.1 400", "<Code>EntityTooLarge</Code>")]
    [InlineData("POST /nothing", "", RequestBody.Others, "HTTP/1.1 413", "RequestEntityTooLargeException")]
    public async Task A_body_that_says_it_is_larger_is_refused_before_any_of_it_is_sent(string line, string header, int limit, string status, string error)
    {
        string answer = await SendHeadAsync(line, $"{header}\nContent-Length: {limit + 1L}");

        Assert.StartsWith(status, answer, StringComparison.Ordinal);
        Assert.Contains(error, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_does_not_say_how_large_it_is_is_read_up_to_the_limit()
    {
        var calls = new List<AwsCall>();
        _cloud.Endpoint.CallCompleted += calls.Add;
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _cloud.Uri.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync("POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS.SendMessage\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
        byte[] chunk = [.. "100000\r\n"u8, .. new byte[0x100000], .. "\r\n"u8];
        // One more than it takes, and no end.
        for (int sent = 0; sent <= RequestBody.Others; sent += 0x100000)
        {
            await stream.WriteAsync(chunk, TestContext.Current.CancellationToken);
        }

        string answer = await ReadAsync(stream);

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Equal(("sqs", "RequestEntityTooLargeException"), (Assert.Single(calls).Service, calls[0].ErrorCode));
    }

    [Fact]
    public async Task A_form_whose_names_nest_without_end_is_refused()
    {
        using var http = new HttpClient { BaseAddress = _cloud.Uri };
        using var form = new StringContent($"Action=Publish&{string.Concat(Enumerable.Repeat("a.", 500_000))}=1", Encoding.UTF8, "application/x-www-form-urlencoded");

        using HttpResponseMessage answer = await http.PostAsync(new Uri("?X-Amz-Credential=a/b/us-east-1/sns/aws4_request", UriKind.Relative), form);

        Assert.Contains("MalformedQueryString", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> SendHeadAsync(string line, string headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _cloud.Uri.Port, TestContext.Current.CancellationToken);
        string head = string.Join("\r\n", [$"{line} HTTP/1.1", "Host: localhost", .. headers.Split('\n', StringSplitOptions.RemoveEmptyEntries), "", ""]);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        return await ReadAsync(client.GetStream());
    }

    /// <summary>The answer, without waiting for the connection's end: its head and its body's last character.</summary>
    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        var answer = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (answer.Length == 0 || !answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) || answer[^1] is not ('}' or '>'))
        {
            int read = await stream.ReadAsync(buffer, timeout.Token);
            if (read == 0)
            {
                break;
            }

            answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }
}
