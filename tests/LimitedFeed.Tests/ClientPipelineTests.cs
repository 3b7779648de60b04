using System.Net;
using Amazon;
using Amazon.Connect;
using Amazon.Connect.Model;
using Amazon.Runtime;

namespace WhatsAppBuffer.LimitedFeed.Tests;

/// <summary>What every client owes to the SDK's pipeline, shown on one of them: retries, errors, endpoints, signatures.</summary>
public sealed class ClientPipelineTests
{
    private static readonly BasicAWSCredentials Credentials = new("id", "secret");

    [Theory]
    [InlineData(500, "InternalServiceException")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(429, "TooManyRequestsException")]
    [InlineData(400, "ThrottlingException")]
    public async Task A_server_error_or_throttling_is_tried_three_times_in_all(int status, string code)
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Error(status, code));
        using var connect = new AmazonConnectClient(Credentials, new AmazonConnectConfig { ServiceURL = server.Url });

        await Assert.ThrowsAnyAsync<AmazonConnectException>(() => connect.StopContactAsync(new StopContactRequest()));

        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("standard", DefaultConfigurationMode.Standard)]
    [InlineData("InRegion", DefaultConfigurationMode.InRegion)]
    [InlineData("CrossRegion", DefaultConfigurationMode.CrossRegion)]
    [InlineData("mobile", DefaultConfigurationMode.Mobile)]
    public async Task A_client_works_in_every_defaults_mode(string mode, DefaultConfigurationMode meant)
    {
        using var variables = new EnvironmentVariables(("AWS_DEFAULTS_MODE", mode));
        await using Loopback server = await Loopback.StartAsync(Answer.Json("{}"));
        using var connect = new AmazonConnectClient(Credentials, new AmazonConnectConfig { ServiceURL = server.Url });

        await connect.StopContactAsync(new StopContactRequest());

        Assert.Equal(meant, connect.Config.DefaultConfigurationMode);
    }

    [Fact]
    public async Task A_retry_that_succeeds_is_a_success_and_repeats_the_idempotency_token()
    {
        await using Loopback server = await Loopback.StartAsync(
            Answer.Error(500, "InternalServiceException"), Answer.Json("""{"StreamingId":"s-1"}"""));
        using var connect = new AmazonConnectClient(Credentials, new AmazonConnectConfig { ServiceURL = server.Url });

        StartContactStreamingResponse response = await connect.StartContactStreamingAsync(new StartContactStreamingRequest());

        Assert.Equal("s-1", response.StreamingId);
        Assert.Equal(2, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task A_client_error_is_not_retried()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Error(400, "InvalidParameterException"));
        using var connect = new AmazonConnectClient(Credentials, new AmazonConnectConfig { ServiceURL = server.Url });

        await Assert.ThrowsAsync<InvalidParameterException>(() => connect.StopContactAsync(new StopContactRequest()));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_modelled_error_carries_code_status_request_id_and_message()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Error(410, "ContactNotFoundException", "The contact has ended."));
        using var connect = new AmazonConnectClient(Credentials, new AmazonConnectConfig { ServiceURL = server.Url });

        var error = await Assert.ThrowsAsync<ContactNotFoundException>(() => connect.StopContactAsync(new StopContactRequest()));

        Assert.Equal("ContactNotFoundException", error.ErrorCode);
        Assert.Equal(HttpStatusCode.Gone, error.StatusCode);
        Assert.Equal("request-1", error.RequestId);
        Assert.Equal("The contact has ended.", error.Message);
    }

    [Theory]
    [InlineData("""{"__type":"LimitExceededException","message":"m"}""")]
    [InlineData("""{"__type":"com.amazonaws.connect#LimitExceededException","Message":"m"}""")]
    public async Task An_error_code_is_found_in_the_body_too(string body)
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(400, body));
        using var connect = new AmazonConnectClient(Credentials, new AmazonConnectConfig { ServiceURL = server.Url, MaxErrorRetry = 0 });

        var error = await Assert.ThrowsAsync<LimitExceededException>(() => connect.StartChatContactAsync(new StartChatContactRequest()));

        Assert.Equal("m", error.Message);
    }

    [Fact]
    public async Task An_error_the_model_does_not_know_is_the_services_own_exception()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Error(400, "SomethingNew"));
        using var connect = new AmazonConnectClient(Credentials, new AmazonConnectConfig { ServiceURL = server.Url });

        var error = await Assert.ThrowsAsync<AmazonConnectException>(() => connect.StopContactAsync(new StopContactRequest()));

        Assert.Equal("SomethingNew", error.ErrorCode);
    }

    [Fact]
    public async Task An_error_page_of_a_proxy_is_the_services_own_exception_with_its_status()
    {
        await using Loopback server = await Loopback.StartAsync(
            new Answer(502, "<html><body>Bad gateway</body></html>", ("Content-Type", "text/html")));
        using var connect = new AmazonConnectClient(Credentials, new AmazonConnectConfig { ServiceURL = server.Url, MaxErrorRetry = 0 });

        var error = await Assert.ThrowsAsync<AmazonConnectException>(() => connect.StopContactAsync(new StopContactRequest()));

        Assert.Equal(HttpStatusCode.BadGateway, error.StatusCode);
        Assert.True(string.IsNullOrEmpty(error.ErrorCode));
    }

    [Fact]
    public async Task An_empty_success_is_an_error_where_the_answer_has_members()
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(200));
        using var connect = new AmazonConnectClient(Credentials, new AmazonConnectConfig { ServiceURL = server.Url, MaxErrorRetry = 0 });

        await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => connect.StartChatContactAsync(new StartChatContactRequest()));
    }

    [Fact]
    public async Task A_refused_connection_is_no_service_exception()
    {
        var config = new AmazonConnectConfig { ServiceURL = "http://127.0.0.1:9", MaxErrorRetry = 0 };
        using var connect = new AmazonConnectClient(Credentials, config);

        await Assert.ThrowsAsync<HttpRequestException>(() => connect.StopContactAsync(new StopContactRequest()));
    }

    [Fact]
    public async Task A_cancelled_call_is_a_cancelled_task()
    {
        await using Loopback server = await Loopback.StartAsync(async (_, aborted) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, aborted);
            return new Answer(200);
        });
        using var connect = new AmazonConnectClient(Credentials, new AmazonConnectConfig { ServiceURL = server.Url });
        using var cancelled = new CancellationTokenSource();

        Task<StopContactResponse> call = connect.StopContactAsync(new StopContactRequest(), cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task The_endpoint_variable_of_the_service_wins_over_the_general_one_and_the_region_of_the_environment_signs()
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(200));
        using var variables = new EnvironmentVariables(
            ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"), ("AWS_ENDPOINT_URL_CONNECT", server.Url));
        using var connect = new AmazonConnectClient(Credentials);

        await connect.StopContactAsync(new StopContactRequest());

        WireAssert.SignedFor($"{ProcessEnvironment.Region}/connect", server.Request);
    }

    [Fact]
    public async Task The_authentication_region_signs_when_it_is_given()
    {
        await using Loopback server = await Loopback.StartAsync(new Answer(200));
        var config = new AmazonConnectConfig { ServiceURL = server.Url, AuthenticationRegion = "ap-south-1" };
        using var connect = new AmazonConnectClient(Credentials, config);

        await connect.StopContactAsync(new StopContactRequest());

        WireAssert.SignedFor("ap-south-1/connect", server.Request);
    }

    [Fact]
    public void Without_an_endpoint_variable_the_regions_public_endpoint_is_called()
    {
        using var variables = new EnvironmentVariables(("AWS_ENDPOINT_URL", null), ("AWS_ENDPOINT_URL_CONNECT", null));
        using var connect = new AmazonConnectClient(Credentials, RegionEndpoint.EUCentral1);

        string url = connect.DetermineServiceOperationEndpoint(new StopContactRequest()).URL;

        Assert.Equal("https://connect.eu-central-1.amazonaws.com", url.TrimEnd('/'));
    }

    [Fact]
    public void A_client_can_be_made_from_its_interface_alone()
    {
        using IAmazonConnect connect = Create<IAmazonConnect>();

        Assert.IsType<AmazonConnectClient>(connect);

        static T Create<T>()
            where T : IAmazonService
        {
            ClientConfig config = T.CreateDefaultClientConfig();
            config.ServiceURL = "http://127.0.0.1:9";
            return (T)T.CreateDefaultServiceClient(Credentials, config);
        }
    }
}
