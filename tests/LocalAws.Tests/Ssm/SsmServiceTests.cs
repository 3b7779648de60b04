using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using LocalAws.Tests.Endpoint;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Endpoint;
using LocalAws.Ssm;

namespace LocalAws.Tests.Ssm;

public sealed class SsmServiceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 18, 0, 0, 500, TimeSpan.Zero));
    private TestEndpoint _endpoint = null!;
    private AmazonSimpleSystemsManagementClient _ssm = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync(new SsmService(new SsmEngine(new AwsAccount(), _time)));
        _ssm = new AmazonSimpleSystemsManagementClient(TestEndpoint.Credentials, _endpoint.Config<AmazonSimpleSystemsManagementConfig>());
    }

    public ValueTask DisposeAsync()
    {
        _ssm.Dispose();
        return _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task The_SDK_reads_what_it_wrote()
    {
        PutParameterResponse put = await _ssm.PutParameterAsync(new PutParameterRequest { Name = "/app/config", Value = "{\"a\": \"é👀\"}", Type = ParameterType.String });
        GetParameterResponse got = await _ssm.GetParameterAsync(new GetParameterRequest { Name = "/app/config", WithDecryption = true });

        Assert.Equal((1, ParameterTier.Standard), (put.Version, put.Tier));
        Assert.Equal("{\"a\": \"é👀\"}", got.Parameter.Value);
        Assert.Equal("arn:aws:ssm:us-east-1:123456789012:parameter/app/config", got.Parameter.ARN);
        Assert.Equal(_time.GetUtcNow().UtcDateTime, got.Parameter.LastModifiedDate!.Value.ToUniversalTime());
        Assert.Equal("text", got.Parameter.DataType);
    }

    [Fact]
    public async Task A_SecureString_is_readable_only_with_decryption()
    {
        await _ssm.PutParameterAsync(new PutParameterRequest { Name = "secret", Value = "token", Type = ParameterType.SecureString });

        Assert.Equal("token", (await _ssm.GetParameterAsync(new GetParameterRequest { Name = "secret", WithDecryption = true })).Parameter.Value);
        Assert.NotEqual("token", (await _ssm.GetParameterAsync(new GetParameterRequest { Name = "secret" })).Parameter.Value);
    }

    [Fact]
    public async Task Several_parameters_come_with_the_names_that_were_not_found()
    {
        await _ssm.PutParameterAsync(new PutParameterRequest { Name = "a", Value = "1", Type = ParameterType.String });

        GetParametersResponse response = await _ssm.GetParametersAsync(new GetParametersRequest { Names = ["a", "b"] });

        Assert.Equal(["a"], response.Parameters.Select(p => p.Name));
        Assert.Equal(["b"], response.InvalidParameters);
    }

    [Fact]
    public async Task A_path_is_read_page_by_page()
    {
        for (int i = 0; i < 13; i++)
        {
            await _ssm.PutParameterAsync(new PutParameterRequest { Name = $"/app/{i:00}", Value = "v", Type = ParameterType.String });
        }

        GetParametersByPathResponse first = await _ssm.GetParametersByPathAsync(new GetParametersByPathRequest { Path = "/app" });
        GetParametersByPathResponse second = await _ssm.GetParametersByPathAsync(new GetParametersByPathRequest { Path = "/app", NextToken = first.NextToken });

        Assert.Equal(10, first.Parameters.Count);
        Assert.Equal(["/app/10", "/app/11", "/app/12"], second.Parameters.Select(p => p.Name));
        Assert.Null(second.NextToken);
    }

    [Fact]
    public async Task Errors_arrive_as_the_SDKs_own_exceptions()
    {
        await _ssm.PutParameterAsync(new PutParameterRequest { Name = "a", Value = "1", Type = ParameterType.String });

        await Assert.ThrowsAsync<ParameterNotFoundException>(() => _ssm.GetParameterAsync(new GetParameterRequest { Name = "b" }));
        await Assert.ThrowsAsync<ParameterNotFoundException>(() => _ssm.DeleteParameterAsync(new DeleteParameterRequest { Name = "b" }));
        await Assert.ThrowsAsync<ParameterVersionNotFoundException>(() => _ssm.GetParameterAsync(new GetParameterRequest { Name = "a:7" }));
        await Assert.ThrowsAsync<ParameterAlreadyExistsException>(
            () => _ssm.PutParameterAsync(new PutParameterRequest { Name = "a", Value = "2", Type = ParameterType.String }));
    }

    [Fact]
    public async Task A_setting_that_is_not_imitated_is_refused_by_name()
    {
        var error = await Assert.ThrowsAsync<AmazonSimpleSystemsManagementException>(
            () => _ssm.PutParameterAsync(new PutParameterRequest { Name = "a", Value = "1", Type = ParameterType.String, KeyId = "alias/mine" }));

        Assert.Equal("ValidationException", error.ErrorCode);
        Assert.Contains("'KeyId'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_is_not_imitated_is_refused_by_name()
    {
        var error = await Assert.ThrowsAsync<AmazonSimpleSystemsManagementException>(
            () => _ssm.GetParameterHistoryAsync(new GetParameterHistoryRequest { Name = "a" }));

        Assert.Equal("UnknownOperationException", error.ErrorCode);
        Assert.Contains("GetParameterHistory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_or_of_another_shape_is_a_SerializationException()
    {
        foreach (string body in new[] { "{", "[]", "{\"Name\": 7}" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body) };
            request.Headers.Add("X-Amz-Target", "AmazonSSM.GetParameter");
            using HttpResponseMessage response = await _endpoint.Http.SendAsync(request);

            Assert.Equal(400, (int)response.StatusCode);
            Assert.Contains("com.amazonaws.ssm#SerializationException", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
