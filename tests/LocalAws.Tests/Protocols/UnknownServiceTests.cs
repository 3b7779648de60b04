using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using LocalAws.Endpoint;

namespace LocalAws.Tests.Protocols;

/// <summary>What clients of services and operations get that are not imitated: an error in the shape in which each of them looks for one.</summary>
public sealed class UnknownServiceTests
{
    private const string Form = "application/x-www-form-urlencoded";
    private static readonly XNamespace Sts = "https://sts.amazonaws.com/doc/2011-06-15/";

    [Theory]
    [InlineData("kms", "TrentService.ListKeys", "application/x-amz-json-1.1")]
    [InlineData("glue", "AWSGlue.ListJobs", "application/x-amz-json-1.1")]
    [InlineData("states", "AWSStepFunctions.ListStateMachines", "application/x-amz-json-1.0")]
    public async Task A_JSON_client_of_a_service_that_is_not_imitated_finds_the_code_in_the_body(string service, string target, string contentType)
    {
        AwsResponse response = await SendAsync(service, "POST", "/", "{}", ("X-Amz-Target", target), ("Content-Type", contentType));

        using var error = JsonDocument.Parse(response.Body);
        Assert.Equal((400, contentType), (response.StatusCode, response.ContentType));
        Assert.EndsWith("#UnknownOperationException", error.RootElement.GetProperty("__type").GetString(), StringComparison.Ordinal);
        AssertNames(error.RootElement.GetProperty("message").GetString()!, service, target.Split('.')[1]);
    }

    [Theory]
    [InlineData("iam", "ErrorResponse")]
    [InlineData("cloudformation", "ErrorResponse")]
    [InlineData("ec2", "Response")]
    public async Task A_client_of_the_query_protocol_finds_it_in_XML(string service, string root)
    {
        AwsResponse response = await SendAsync(service, "POST", "/", "Action=DescribeThings&Version=2010-05-08", ("Content-Type", Form));

        var error = XElement.Parse(Encoding.UTF8.GetString(response.Body.Span));
        Assert.Equal((root, "UnknownOperationException"), (error.Name.LocalName, error.Descendants("Code").Single().Value));
        AssertNames(error.Descendants("Message").Single().Value, service, "DescribeThings");
    }

    [Fact]
    public async Task A_client_of_a_REST_service_finds_it_in_a_header()
    {
        AwsResponse response = await SendAsync("apigateway", "GET", "/restapis", "");

        Assert.Equal((404, "UnknownOperationException"), (response.StatusCode, response.Headers["x-amzn-ErrorType"]));
        AssertNames(JsonDocument.Parse(response.Body).RootElement.GetProperty("message").GetString()!, "apigateway", "GET /restapis");
    }

    [Fact]
    public async Task A_client_that_speaks_CBOR_finds_it_in_a_map()
    {
        AwsResponse response = await SendAsync("monitoring", "POST", "/service/GraniteServiceVersion20100801/operation/GetMetricData", "", ("smithy-protocol", "rpc-v2-cbor"));

        string text = Encoding.UTF8.GetString(response.Body.Span);
        Assert.Equal(("application/cbor", "rpc-v2-cbor", (byte)0xA2), (response.ContentType, response.Headers["smithy-protocol"], response.Body.Span[0]));
        Assert.Contains("UnknownOperationException", text, StringComparison.Ordinal);
        AssertNames(text, "monitoring", "GetMetricData");
    }

    [Fact]
    public async Task The_query_protocol_of_SQS_is_refused_with_what_to_do() => Assert.Contains(
        "JSON protocol of SQS only",
        Encoding.UTF8.GetString((await SendAsync("sqs", "POST", "/", "Action=ListQueues&Version=2012-11-05", ("Content-Type", Form))).Body.Span),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("lambda", "PUT", "/2015-03-31/functions/f/configuration", "Invoke, ListEventSourceMappings")]
    [InlineData("connect", "GET", "/notifications/i/n", "StartChatContact")]
    [InlineData("s3", "POST", "/bucket?delete", "PutObject")]
    public async Task An_operation_that_a_service_lacks_is_told_with_the_ones_it_has(string service, string method, string path, string imitated)
    {
        string body = Encoding.UTF8.GetString((await SendAsync(service, method, path, "")).Body.Span);

        Assert.Contains("This local cloud does not imitate", body, StringComparison.Ordinal);
        Assert.Contains(imitated, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_calls_is_the_root_user_of_the_account()
    {
        AwsResponse response = await SendAsync("sts", "POST", "/", "Action=GetCallerIdentity&Version=2011-06-15", ("Content-Type", Form));

        XElement result = XElement.Parse(Encoding.UTF8.GetString(response.Body.Span)).Element(Sts + "GetCallerIdentityResult")!;
        Assert.Equal(
            ("arn:aws:iam::123456789012:root", "123456789012", "123456789012"),
            (result.Element(Sts + "Arn")!.Value, result.Element(Sts + "UserId")!.Value, result.Element(Sts + "Account")!.Value));
    }

    [Fact]
    public async Task An_action_of_STS_that_is_not_imitated_is_refused_by_name() => AssertNames(
        Encoding.UTF8.GetString((await SendAsync("sts", "POST", "/", "Action=AssumeRole&Version=2011-06-15", ("Content-Type", Form))).Body.Span), "STS", "AssumeRole");

    private static void AssertNames(string text, string service, string operation)
    {
        Assert.Contains("This local cloud does not imitate", text, StringComparison.Ordinal);
        Assert.Contains(service, text, StringComparison.Ordinal);
        Assert.Contains(operation, text, StringComparison.Ordinal);
    }

    private static async Task<AwsResponse> SendAsync(string service, string method, string path, string body, params (string Name, string Value)[] headers)
    {
        await using var cloud = new LocalCloud();
        var all = new HeaderDictionary { ["Authorization"] = $"AWS4-HMAC-SHA256 Credential=a/20261129/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=x" };
        foreach ((string name, string value) in headers)
        {
            all[name] = value;
        }

        string[] address = path.Split('?');
        var query = new QueryCollection(address[1..].ToDictionary(name => name, _ => new Microsoft.Extensions.Primitives.StringValues("")));
        return await cloud.Endpoint.AnswerAsync(new AwsRequest(method, address[0], query, all, Encoding.UTF8.GetBytes(body)), TestContext.Current.CancellationToken);
    }
}
