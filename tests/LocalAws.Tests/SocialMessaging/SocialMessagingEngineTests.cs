using System.Text;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Endpoint;
using LocalAws.SocialMessaging;

namespace LocalAws.Tests.SocialMessaging;

public class SocialMessagingEngineTests
{
    private const string Hex = "976c72a700aac43eaf573ae050a11ce5";
    private const string Number = "phone-number-id-" + Hex;
    private const string NumberArn = "arn:aws:social-messaging:us-east-1:123456789012:phone-number-id/" + Hex;

    private readonly FakeTimeProvider _time = new();
    private readonly SocialMessagingEngine _social;

    public SocialMessagingEngineTests()
    {
        _social = new SocialMessagingEngine(new AwsAccount(), _time);
        _social.AddPhoneNumber(Hex);
    }

    [Theory]
    [InlineData(Number)]
    [InlineData(NumberArn)]
    public void A_text_is_kept_for_the_customers_phone(string number)
    {
        const string Json = """{"messaging_product": "whatsapp", "recipient_type": "individual", "to": "+14157470265", "type": "text", "text": {"body": "Hi 👀"}}""";
        List<SentMessage> told = [];
        _social.MessageSent += told.Add;

        string id = Send(Json, number);

        SentMessage sent = Assert.Single(_social.SentTo("14157470265"));
        Assert.Equal((id, Hex, "+14157470265", "text", null, "Hi 👀"), (sent.MessageId, sent.PhoneNumberId, sent.To, sent.Type, sent.About, sent.Text));
        Assert.Equal((Json, _time.GetUtcNow()), (sent.Json, sent.SentAt));
        Assert.Equal([sent], told);
    }

    [Theory]
    [InlineData(""" "biz_opaque_callback_data": "order 7", """, "order 7")]
    [InlineData("", null)]
    public void What_statuses_bring_back_is_kept_beside_a_message(string member, string? callbackData)
    {
        Send($$$"""{"messaging_product": "whatsapp", "to": "1", {{{member}}} "type": "text", "text": {"body": "b"}}""");

        Assert.Equal(callbackData, Assert.Single(_social.SentMessages).CallbackData);
    }

    [Fact]
    public void All_messages_are_counted_and_the_newest_50000_kept()
    {
        for (int i = 1; i <= 50_001; i++)
        {
            Send($$"""{"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.{{i}}"}""", Number);
        }

        Assert.Equal((50_001L, 50_000, "wamid.2"), (_social.SentCount, _social.SentMessages.Count, _social.SentMessages[0].About));
        _social.Clear();
        Assert.Equal((0L, 0), (_social.SentCount, _social.SentMessages.Count));
    }

    [Theory]
    [InlineData("""{"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}""", null, "read", "wamid.1", null)]
    [InlineData("""{"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1", "typing_indicator": {"type": "text"}}""", null, "read", "wamid.1", null)]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "reaction", "reaction": {"message_id": "wamid.1", "emoji": "✅"}}""", "1", "reaction", "wamid.1", "✅")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "reaction", "reaction": {"message_id": "wamid.1", "emoji": ""}}""", "1", "reaction", "wamid.1", "")]
    [InlineData("""{"messaging_product": "whatsapp", "recipient": "US.a1", "type": "text", "text": {"body": "b"}}""", "US.a1", "text", null, "b")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "text", "context": {"message_id": "wamid.1"}, "text": {"body": "b"}}""", "1", "text", "wamid.1", "b")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "image", "image": {"link": "https://example.com/a.jpg", "caption": "c"}}""", "1", "image", null, "c")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "location", "location": {"latitude": 1.5, "longitude": 2}}""", "1", "location", null, null)]
    public void Each_kind_of_message_is_understood(string json, string? to, string type, string? about, string? text)
    {
        Send(json);

        SentMessage sent = Assert.Single(_social.SentMessages);
        Assert.Equal((to, type, about, text), (sent.To, sent.Type, sent.About, sent.Text));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"to": "1", "type": "text", "text": {"body": "b"}}""")]
    [InlineData("""{"messaging_product": "sms", "to": "1", "type": "text", "text": {"body": "b"}}""")]
    [InlineData("""{"messaging_product": "whatsapp", "type": "text", "text": {"body": "b"}}""")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "text": {"body": "b"}}""")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "telegram", "telegram": {}}""")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "text"}""")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "text", "text": {"body": ""}}""")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "text", "text": "b"}""")]
    [InlineData("""{"messaging_product": "whatsapp", "to": 1, "type": "text", "text": {"body": "b"}}""")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "reaction", "reaction": {"emoji": "✅"}}""")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "reaction", "reaction": {"message_id": "wamid.1"}}""")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "image", "image": {}}""")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "text", "text": {"body": "b"}, "context": {}}""")]
    [InlineData("""{"messaging_product": "whatsapp", "to": "1", "type": "text", "text": {"body": "b"}, "priority": "high"}""")]
    [InlineData("""{"messaging_product": "whatsapp", "status": "read"}""")]
    [InlineData("""{"messaging_product": "whatsapp", "status": "seen", "message_id": "wamid.1"}""")]
    [InlineData("""{"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1", "typing_indicator": {"type": "audio"}}""")]
    public void What_Meta_would_not_take_is_refused_and_not_kept(string json)
    {
        Assert.Equal("InvalidParametersException", Refused(json).Code);
        Assert.Empty(_social.SentMessages);
    }

    [Fact]
    public void A_text_may_have_4096_characters()
    {
        Send(Text(4096));

        Assert.Equal("InvalidParametersException", Refused(Text(4097)).Code);
    }

    [Fact]
    public void A_message_may_have_2048000_bytes()
    {
        Assert.Equal("ValidationException", Refused("").Code);
        Assert.Equal("ValidationException", Refused(new string(' ', 2_048_001)).Code);
        Assert.Equal("InvalidParametersException", Refused(new string(' ', 2_048_000)).Code);
    }

    [Theory]
    [InlineData("phone-number-id-ffff", "ResourceNotFoundException", 404)]
    [InlineData("arn:aws:social-messaging:eu-west-1:123456789012:phone-number-id/" + Hex, "ResourceNotFoundException", 404)]
    [InlineData(Hex, "ValidationException", 400)]
    [InlineData("", "ValidationException", 400)]
    public void A_number_must_be_spelled_right_and_registered(string number, string code, int status)
    {
        AwsException error = Refused(Text(1), number);

        Assert.Equal((code, status), (error.Code, error.StatusCode));
    }

    [Theory]
    [InlineData("23.0")]
    [InlineData("v23")]
    [InlineData("")]
    public void A_version_of_Metas_API_looks_like_v23_0(string version) =>
        Assert.Equal("ValidationException", Assert.Throws<AwsException>(() => _social.SendWhatsAppMessage(Number, Encoding.UTF8.GetBytes(Text(1)), version)).Code);

    private string Send(string json, string number = Number) => _social.SendWhatsAppMessage(number, Encoding.UTF8.GetBytes(json), "v23.0");

    private AwsException Refused(string json, string number = Number) => Assert.Throws<AwsException>(() => Send(json, number));

    private static string Text(int length) =>
        $$$"""{"messaging_product": "whatsapp", "to": "1", "type": "text", "text": {"body": "{{{new string('x', length)}}}"}}""";
}
