using System.Text;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;

namespace WhatsAppBuffer.LimitedFeed.Tests;

public sealed class LambdaInvokeTests
{
    [Fact]
    public async Task An_asynchronous_invocation_posts_the_payload_and_names_its_type_in_a_header()
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(202));
        using AmazonLambdaClient lambda = Client(server);

        InvokeResponse response = await lambda.InvokeAsync(new InvokeRequest
        {
            FunctionName = "whatsapp_event_handler",
            InvocationType = InvocationType.Event,
            Payload = """{"text":"héllo"}""",
        });

        Assert.Equal(202, response.StatusCode);
        Assert.Equal(("POST", "/2015-03-31/functions/whatsapp_event_handler/invocations"), (server.Request.Method, server.Request.Target));
        Assert.Equal("Event", server.Request.Header("X-Amz-Invocation-Type"));
        Assert.Equal("""{"text":"héllo"}""", server.Request.Body);
        Assert.Null(response.FunctionError);
    }

    [Fact]
    public async Task A_function_arn_is_escaped_as_one_path_segment_and_the_qualifier_travels_in_the_query()
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(200, "null"));
        using AmazonLambdaClient lambda = Client(server);

        await lambda.InvokeAsync(new InvokeRequest { FunctionName = "arn:aws:lambda:x:1:function:f", Qualifier = "live" });

        Assert.Equal(
            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Ax%3A1%3Afunction%3Af/invocations?Qualifier=live", server.Request.Target);
    }

    [Fact]
    public async Task A_function_error_does_not_throw_but_is_in_the_response()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json(
            """{"errorMessage":"no"}""",
            ("X-Amz-Function-Error", "Unhandled"),
            ("X-Amz-Executed-Version", "$LATEST"),
            ("X-Amz-Log-Result", "bG9n")));
        using AmazonLambdaClient lambda = Client(server);

        InvokeResponse response = await lambda.InvokeAsync(new InvokeRequest { FunctionName = "f", LogType = LogType.Tail });

        Assert.Equal(("Unhandled", "$LATEST", "bG9n"), (response.FunctionError, response.ExecutedVersion, response.LogResult));
        Assert.Equal("""{"errorMessage":"no"}""", Encoding.UTF8.GetString(response.Payload.ToArray()));
        Assert.Equal("Tail", server.Request.Header("X-Amz-Log-Type"));
    }

    [Fact]
    public async Task A_request_without_function_name_is_refused_before_any_call()
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(200));
        using AmazonLambdaClient lambda = Client(server);

        var refusal = await Assert.ThrowsAnyAsync<AmazonLambdaException>(() => lambda.InvokeAsync(new InvokeRequest()));

        Assert.Contains("FunctionName", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Throttling_says_why_and_for_how_long()
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(
            429,
            """{"Type":"User","message":"Rate exceeded","Reason":"ConcurrentInvocationLimitExceeded"}""",
            ("x-amzn-ErrorType", "TooManyRequestsException"),
            ("Retry-After", "3")));
        using AmazonLambdaClient lambda = Client(server);

        var request = new InvokeRequest { FunctionName = "f" };
        var throttled = await Assert.ThrowsAsync<TooManyRequestsException>(() => lambda.InvokeAsync(request));

        Assert.Equal(ThrottleReason.ConcurrentInvocationLimitExceeded, throttled.Reason);
        Assert.Equal("3", throttled.RetryAfterSeconds);
    }

    [Fact]
    public void Payload_and_client_context_are_views_of_what_is_sent()
    {
        var request = new InvokeRequest { Payload = "abc", ClientContext = "{}" };

        Assert.Equal("abc"u8.ToArray(), request.PayloadStream.ToArray());
        Assert.Equal("abc", request.Payload);
        Assert.Equal(0, request.PayloadStream.Position);
        Assert.Equal("e30=", request.ClientContextBase64);
        request.Payload = null;
        Assert.Null(request.PayloadStream);
    }

    private static AmazonLambdaClient Client(Loopback server) =>
        new(new BasicAWSCredentials("id", "secret"), new AmazonLambdaConfig { ServiceURL = server.Url, MaxErrorRetry = 0 });
}
