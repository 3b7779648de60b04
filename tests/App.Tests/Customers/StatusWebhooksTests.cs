using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using LocalAws;
using WhatsAppBuffer.Simulator.App.Customers;
using LocalAws.Testing;

namespace App.Tests.Customers;

public sealed class StatusWebhooksTests : IAsyncDisposable
{
    private const string Number = "phone-number-id-a1";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero));
    private readonly LocalCloud _cloud;

    public StatusWebhooksTests()
    {
        _cloud = new LocalCloud(new LocalCloudOptions { Clock = _time });
        _cloud.SocialMessaging.AddPhoneNumber(Number);
        _cloud.Sqs.CreateQueue("told");
        string topic = _cloud.Sns.CreateTopic("whatsapp_in");
        _cloud.Sns.Subscribe(topic, "sqs", _cloud.Account.Arn("sqs", "told"), new Dictionary<string, string> { ["RawMessageDelivery"] = "true" });
        new StatusWebhooks(_cloud, topic, message => message.Text == "too late").Start();
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_message_is_sent_then_delivered_then_read()
    {
        Send("""{"messaging_product":"whatsapp","to":"+14157470265","type":"text","text":{"body":"Hi"}}""");

        await PassUntilAsync(3);

        string wamid = _cloud.SocialMessaging.SentMessages[0].WhatsAppMessageId;
        Assert.Equal([$"{wamid} sent 14157470265", $"{wamid} delivered 14157470265", $"{wamid} read 14157470265"], Told);
    }

    [Fact]
    public async Task What_a_message_carries_for_the_business_comes_back_in_each_of_its_statuses()
    {
        Send("""{"messaging_product":"whatsapp","to":"1","biz_opaque_callback_data":"reply:0:a","type":"text","text":{"body":"Hi"}}""");

        await PassUntilAsync(3);

        Assert.Equal(Enumerable.Repeat("reply:0:a", 3), Statuses.Select(status => status.GetProperty("biz_opaque_callback_data").GetString()));
    }

    [Fact]
    public async Task What_WhatsApp_refuses_fails_with_the_code_for_it_and_no_more_is_told()
    {
        Send("""{"messaging_product":"whatsapp","to":"1","biz_opaque_callback_data":"reply:0:a","type":"text","text":{"body":"too late"}}""");

        await PassUntilAsync(1);
        _time.Advance(TimeSpan.FromMinutes(1));

        JsonElement status = Assert.Single(Statuses);
        Assert.Equal(("failed", "reply:0:a", 131047), (status.GetProperty("status").GetString(), status.GetProperty("biz_opaque_callback_data").GetString(), status.GetProperty("errors")[0].GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task Of_a_reaction_only_the_sending_is_told_and_of_a_read_receipt_nothing()
    {
        Send("""{"messaging_product":"whatsapp","status":"read","message_id":"wamid.1"}""");
        Send("""{"messaging_product":"whatsapp","to":"1","type":"reaction","reaction":{"message_id":"wamid.1","emoji":"👀"}}""");

        await PassUntilAsync(1);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.EndsWith(" sent 1", Assert.Single(Told), StringComparison.Ordinal);
    }

    private IEnumerable<string> Told => Statuses.Select(status =>
        $"{status.GetProperty("id").GetString()} {status.GetProperty("status").GetString()} {status.GetProperty("recipient_id").GetString()}");

    private IEnumerable<JsonElement> Statuses => _cloud.Sqs.Peek("told").Select(message =>
    {
        JsonElement entry = JsonDocument.Parse(JsonDocument.Parse(message.Body).RootElement.GetProperty("whatsAppWebhookEntry").GetString()!).RootElement;
        JsonElement value = entry.GetProperty("changes")[0].GetProperty("value");
        Assert.False(value.TryGetProperty("messages", out _));
        return value.GetProperty("statuses")[0];
    });

    private void Send(string json) => _cloud.SocialMessaging.SendWhatsAppMessage(Number, Encoding.UTF8.GetBytes(json), "v23.0");

    private Task PassUntilAsync(int count) =>
        Eventually.IsTrueAsync(() => _cloud.Sqs.Peek("told").Count == count, $"{count} statuses", meanwhile: () => _time.Advance(TimeSpan.FromSeconds(1)));
}
