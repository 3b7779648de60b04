using System.Globalization;
using System.Text.Json.Nodes;
using LocalAws;
using LocalAws.Delivery;
using LocalAws.SocialMessaging;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>
/// What WhatsApp tells of each message to a customer, by the way that customers' messages come: sent, delivered, read. Of a reaction it tells only that
/// it was sent. Source: Meta, WhatsApp Cloud API, "status messages webhook" and "reaction messages"; the delays are ours.
/// </summary>
/// <param name="cloud">Where messages are sent and statuses published.</param>
/// <param name="topicArn">The event destination.</param>
internal sealed class StatusWebhooks(LocalCloud cloud, string topicArn)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Begins to tell.</summary>
    public void Start() => cloud.SocialMessaging.MessageSent += message => _ = TellAsync(message);

    private async Task TellAsync(SentMessage message)
    {
        if (message.To is null)
        {
            return;
        }

        string[] statuses = message.Type == "reaction" ? ["sent"] : ["sent", "delivered", "read"];
        foreach (string status in statuses)
        {
            await Task.Delay(Pause, cloud.Clock);
            DateTimeOffset now = cloud.Clock.GetUtcNow();
            cloud.Sns.Publish(topicArn, new DeliveryMessage(EumEnvelope.WrapStatus(cloud.Account, BusinessNumber.Default, Json(message, status, now), now)));
        }
    }

    private static JsonObject Json(SentMessage message, string status, DateTimeOffset now) => new()
    {
        ["id"] = message.WhatsAppMessageId,
        ["status"] = status,
        ["timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ["recipient_id"] = message.To!.TrimStart('+'),
    };
}
