using System.Text;
using Amazon.SocialMessaging;
using Amazon.SocialMessaging.Model;
using LocalAws.Tests.Endpoint;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Endpoint;
using LocalAws.SocialMessaging;

namespace LocalAws.Tests.SocialMessaging;

public sealed class SocialMessagingServiceTests : IAsyncLifetime
{
    private const string Text = """{"messaging_product": "whatsapp", "to": "1", "type": "text", "text": {"body": "é👀"}}""";

    private readonly SocialMessagingEngine _social = new(new AwsAccount(), new FakeTimeProvider());
    private TestEndpoint _endpoint = null!;
    private AmazonSocialMessagingClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _social.AddPhoneNumber("phone-number-id-a1");
        _endpoint = await TestEndpoint.StartAsync(new SocialMessagingService(_social));
        _client = new AmazonSocialMessagingClient(TestEndpoint.Credentials, _endpoint.Config<AmazonSocialMessagingConfig>());
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task The_SDK_sends_a_message()
    {
        SendWhatsAppMessageResponse response = await _client.SendWhatsAppMessageAsync(Request(Text));

        SentMessage sent = Assert.Single(_social.SentMessages);
        Assert.Equal((sent.MessageId, "é👀"), (response.MessageId, sent.Text));
    }

    [Fact]
    public async Task Errors_arrive_as_the_SDKs_own_exceptions()
    {
        await Assert.ThrowsAsync<InvalidParametersException>(() => _client.SendWhatsAppMessageAsync(Request("{}")));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => _client.SendWhatsAppMessageAsync(Request(Text, "phone-number-id-b2")));
        await Assert.ThrowsAsync<ValidationException>(() => _client.SendWhatsAppMessageAsync(Request(Text, "1")));
    }

    [Theory]
    [InlineData("""{"originationPhoneNumberId": "phone-number-id-a1", "message": "~", "metaApiVersion": "v23.0"}""", "base64")]
    [InlineData("""{"originationPhoneNumberId": "phone-number-id-a1", "metaApiVersion": "v23.0"}""", "'message'")]
    [InlineData("""{"originationPhoneNumberId": "phone-number-id-a1", "message": "e30=", "metaApiVersion": "v23.0", "priority": 1}""", "'priority'")]
    public async Task A_request_that_no_SDK_would_write_is_refused_by_name(string body, string named)
    {
        using HttpResponseMessage response = await _endpoint.Http.PostAsync("/v1/whatsapp/send", new StringContent(body));

        Assert.Equal("ValidationException", Assert.Single(response.Headers.GetValues("x-amzn-ErrorType")));
        Assert.Contains(named, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_operations_are_not_imitated()
    {
        using HttpResponseMessage response = await _endpoint.Http.GetAsync("/v1/whatsapp/waba/list");

        Assert.Equal("UnknownOperationException", Assert.Single(response.Headers.GetValues("x-amzn-ErrorType")));
    }

    private static SendWhatsAppMessageRequest Request(string json, string number = "phone-number-id-a1") =>
        new() { OriginationPhoneNumberId = number, MetaApiVersion = "v23.0", Message = new MemoryStream(Encoding.UTF8.GetBytes(json)) };
}
