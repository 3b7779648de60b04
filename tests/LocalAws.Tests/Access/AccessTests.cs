using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.Endpoint;

namespace LocalAws.Tests.Access;

/// <summary>A browser on the same machine reaches the endpoint as any program does: what its pages ask is refused before a service sees it.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private const string Yours = "http://localhost:3000";
    private const string SignedForS3 = "AWS4-HMAC-SHA256 Credential=a/20261129/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

    private readonly ConcurrentQueue<AwsCall> _calls = new();
    private LocalCloud _cloud = null!;
    private HttpClient _http = null!;

    /// <summary>One request that each service would carry out, as a page would send it; and the Runtime API.</summary>
    public static TheoryData<string, string, string> Requests => new()
    {
        { "dynamodb", "POST /", "X-Amz-Target: DynamoDB_20120810.ListTables" },
        { "dynamodb streams", "POST /", "X-Amz-Target: DynamoDBStreams_20120810.ListStreams" },
        { "s3", "PUT /bucket", "" },
        { "s3, a form", "POST /bucket/key?uploads&X-Amz-Credential=a/b/us-east-1/s3/aws4_request", "" },
        { "lambda", "POST /2015-03-31/functions/f/invocations", "" },
        { "mappings", "GET /2015-03-31/event-source-mappings/", "" },
        { "sqs", "POST /", "X-Amz-Target: AmazonSQS.ListQueues" },
        { "ssm", "POST /", "X-Amz-Target: AmazonSSM.DescribeParameters" },
        { "events", "POST /", "X-Amz-Target: AWSEvents.ListRules" },
        { "connect", "PUT /contact/chat", "" },
        { "connectparticipant", "POST /participant/connection", "" },
        { "socialmessaging", "POST /v1/whatsapp/send", "" },
        { "sns, in the body", "POST /?X-Amz-Credential=a/b/us-east-1/sns/aws4_request", "" },
        { "sns, in the address", "GET /?Action=ListTopics&X-Amz-Credential=a/b/us-east-1/sns/aws4_request", "" },
        { "the Runtime API", "GET /_runtime/f/2018-06-01/runtime/invocation/next", "" },
        { "the Runtime API without a name", "POST /2018-06-01/runtime/init/error", "" },
        { "nothing", "GET /", "" },
    };

    public async ValueTask InitializeAsync()
    {
        _cloud = await LocalCloud.StartAsync(
            new LocalCloudOptions { Access = new AccessOptions { Hosts = ["host.docker.internal"], Origins = [Yours + "/"] } }, cancellationToken: TestContext.Current.CancellationToken);
        _cloud.Endpoint.CallCompleted += _calls.Enqueue;
        _http = new HttpClient { BaseAddress = _cloud.Uri };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cloud.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task No_service_sees_what_a_page_of_somebody_elses_asks(string service, string line, string header)
    {
        Assert.NotEmpty(service);
        await AssertRefusedAsync(line, header, "LocalCloudOptions.Access.Hosts", host: "evil.example");
        await AssertRefusedAsync(line, header, "LocalCloudOptions.Access.Origins", "Origin: https://evil.example");
        await AssertRefusedAsync(line, header, "LocalCloudOptions.Access.Origins", "Origin: null");
        await AssertRefusedAsync(line, header, "LocalCloudOptions.Access.Origins", "Sec-Fetch-Site: cross-site");
        await AssertRefusedAsync(line, header, "LocalCloudOptions.Access.Origins", "Sec-Fetch-Site: same-site");
        await AssertRefusedAsync(line, header, "LocalCloudOptions.Access.Origins", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document");
        Assert.Empty(_calls);
    }

    [Theory]
    [InlineData("127.0.0.1:80")]
    [InlineData("127.8.8.8")]
    [InlineData("[::1]:4766")]
    [InlineData("LOCALHOST:1")]
    [InlineData("bucket.localhost:4766")]
    [InlineData("host.docker.internal:4766")]
    public async Task It_is_called_by_loopback_addresses_and_names_and_by_allowed_names(string host)
    {
        using HttpResponseMessage answer = await SendAsync("POST /", "X-Amz-Target: AmazonSQS.ListQueues", host: host);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("localhost.evil.example")]
    [InlineData("evillocalhost")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("192.168.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("docker.internal")]
    public async Task No_other_name_or_address_will_do(string host) => await AssertRefusedAsync("POST /", "X-Amz-Target: AmazonSQS.ListQueues", "127.0.0.1", host: host);

    [Fact]
    public async Task Pages_of_its_own_and_what_the_reader_types_are_answered()
    {
        string own = _cloud.Uri.GetLeftPart(UriPartial.Authority);
        using HttpResponseMessage fetched = await SendAsync("POST /", "X-Amz-Target: AmazonSQS.ListQueues", $"Origin: {own}\nSec-Fetch-Site: same-origin");
        using HttpResponseMessage typed = await SendAsync("GET /", "", "Sec-Fetch-Site: none\nSec-Fetch-Mode: navigate");

        Assert.Equal(HttpStatusCode.OK, fetched.StatusCode);
        Assert.NotEqual(HttpStatusCode.Forbidden, typed.StatusCode);
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_asks_first_and_reads_the_answer()
    {
        using HttpResponseMessage preflight = await SendAsync("OPTIONS /", "", $"Origin: {Yours}\nSec-Fetch-Site: same-site\nAccess-Control-Request-Method: POST\nAccess-Control-Request-Headers: x-amz-target");
        using HttpResponseMessage answer = await SendAsync("POST /", "X-Amz-Target: AmazonSQS.ListQueues", $"Origin: {Yours}\nSec-Fetch-Site: same-site");

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Contains("POST", Header(preflight, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Equal("x-amz-target", Header(preflight, "Access-Control-Allow-Headers"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.All([preflight, answer], response => Assert.Equal(Yours, Header(response, "Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task No_other_origin_is_told_that_it_may_read()
    {
        using HttpResponseMessage preflight = await SendAsync("OPTIONS /", "", "Origin: https://evil.example\nAccess-Control-Request-Method: POST");

        Assert.Equal(HttpStatusCode.Forbidden, preflight.StatusCode);
        Assert.Equal("", Header(preflight, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("text/html", true)]
    [InlineData("image/svg+xml", true)]
    [InlineData("application/xml", true)]
    [InlineData("text/javascript", true)]
    [InlineData("application/pdf", true)]
    [InlineData("image/png", false)]
    [InlineData("audio/ogg", false)]
    [InlineData("text/plain;charset=utf-8", false)]
    public async Task What_somebody_uploaded_is_no_page_of_the_clouds(string type, bool isDownloaded)
    {
        _cloud.S3.CreateBucket("home");
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("<script>alert(1)</script>"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var put = new HttpRequestMessage(HttpMethod.Put, new Uri("home/evil", UriKind.Relative)) { Content = content };
        put.Headers.TryAddWithoutValidation("Authorization", SignedForS3);
        (await _http.SendAsync(put)).EnsureSuccessStatusCode().Dispose();

        using HttpResponseMessage opened = await SendAsync("GET /home/evil", $"Authorization: {SignedForS3}", "Accept: text/html,application/xhtml+xml");
        using HttpResponseMessage asked = await SendAsync("GET /home/evil", $"Authorization: {SignedForS3}");

        Assert.Equal("nosniff", Header(opened, "X-Content-Type-Options"));
        Assert.StartsWith("sandbox", Header(opened, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(isDownloaded ? "attachment" : null, opened.Content.Headers.ContentDisposition?.DispositionType);
        // An SDK gets what AWS would answer.
        Assert.Null(asked.Content.Headers.ContentDisposition);
        Assert.Equal(type, asked.Content.Headers.ContentType!.ToString().Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_Runtime_API_of_a_functions_own_process_refuses_pages_as_well()
    {
        var exchange = new LocalAws.Lambda.RuntimeApi.RuntimeExchange();
        await using LocalAws.Lambda.RuntimeApi.RuntimeApiServer server = await LocalAws.Lambda.RuntimeApi.RuntimeApiServer.StartAsync(exchange);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.Address}") };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("2018-06-01/runtime/init/error", UriKind.Relative));
        request.Headers.Add("Origin", "https://evil.example");

        using HttpResponseMessage answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(exchange.Initialized.IsCompleted);
    }

    [Theory]
    [InlineData("http://host.docker.internal", "http://localhost:3000")]
    [InlineData("host.docker.internal:80", "http://localhost:3000")]
    [InlineData("host.docker.internal", "localhost:3000")]
    [InlineData("host.docker.internal", "http://localhost:3000/page")]
    [InlineData("host.docker.internal", "null")]
    [InlineData("host.docker.internal", "*")]
    [InlineData("*", "http://localhost:3000")]
    public void What_is_no_host_or_no_origin_cannot_be_allowed(string host, string origin) =>
        Assert.Throws<ArgumentException>(() => new LocalCloud(new LocalCloudOptions { Access = new AccessOptions { Hosts = [host], Origins = [origin] } }));

    private async Task AssertRefusedAsync(string line, string header, string named, string headers = "", string? host = null)
    {
        using HttpResponseMessage answer = await SendAsync(line, header, headers, host);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(named, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"], StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(string line, string header, string headers = "", string? host = null)
    {
        string[] parts = line.Split(' ');
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), new Uri(parts[1], UriKind.Relative));
        if (parts[0] is "POST" or "PUT")
        {
            // What a form or a fetch without asking first may send.
            request.Content = new StringContent("{}", Encoding.UTF8, "text/plain");
        }

        foreach (string one in $"{header}\n{headers}".Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            request.Headers.TryAddWithoutValidation(one.Split(": ")[0], one.Split(": ")[1]);
        }

        request.Headers.Host = host;
        return await _http.SendAsync(request);
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(',', values) : "";
}
