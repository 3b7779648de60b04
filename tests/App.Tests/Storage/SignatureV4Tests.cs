using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.Simulator.App.Storage;

namespace App.Tests.Storage;

/// <summary>AWS's own test vector (aws-sig-v4-test-suite, <c>post-vanilla</c>), and what goes beyond them.</summary>
public class SignatureV4Tests
{
    private const string KeyId = "AKIDEXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static async Task<HttpRequestMessage> SignAsync(AWSCredentials credentials, string body = "")
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));
        var request = new HttpRequestMessage(HttpMethod.Post, "https://example.amazonaws.com/");
        await new SignatureV4(credentials, "service", "us-east-1", clock).SignAsync(request, System.Text.Encoding.UTF8.GetBytes(body));
        return request;
    }

    private static string AuthorizationOf(HttpRequestMessage request) => Assert.Single(request.Headers.GetValues("Authorization"));

    [Fact]
    public async Task A_request_is_signed_as_AWS_demands()
    {
        using HttpRequestMessage request = await SignAsync(new BasicAWSCredentials(KeyId, Secret));

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, "
            + "Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
            AuthorizationOf(request));
    }

    [Fact]
    public async Task The_token_of_temporary_credentials_is_sent_and_signed()
    {
        using HttpRequestMessage request = await SignAsync(new SessionAWSCredentials(KeyId, Secret, "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267"));

        Assert.Contains("x-amz-security-token", AuthorizationOf(request), StringComparison.Ordinal);
        Assert.Equal("6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267", Assert.Single(request.Headers.GetValues("X-Amz-Security-Token")));
    }

    [Fact]
    public async Task Another_body_has_another_signature()
    {
        using HttpRequestMessage one = await SignAsync(new BasicAWSCredentials(KeyId, Secret), "{}");
        using HttpRequestMessage other = await SignAsync(new BasicAWSCredentials(KeyId, Secret), "[]");

        Assert.NotEqual(AuthorizationOf(one), AuthorizationOf(other));
    }
}
