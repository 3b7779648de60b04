using System.Globalization;
using System.Text.Json.Nodes;
using LocalAws;
using LocalAws.Delivery;
using LocalAws.SocialMessaging;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>
/// What WhatsApp tells of each message to a customer, by the way that customers' messages come: sent, delivered, read. Of a reaction it tells only that
/// it was sent. What is sent more than 24 hours after the customer last wrote fails, and is on no phone. A status brings the message's <c>biz_opaque_callback_data</c> back. Source: Meta, WhatsApp Cloud API, "status messages webhook" and "reaction
/// messages"; the delays are ours.
/// </summary>
/// <param name="cloud">Where messages are sent and statuses published.</param>
/// <param name="topicArn">The event destination.</param>
/// <param name="isRefused">Whether WhatsApp will not deliver a message.</param>
internal sealed class StatusWebhooks(LocalCloud cloud, string topicArn, Func<SentMessage, bool> isRefused)
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

        string[] statuses = isRefused(message) ? ["failed"] : message.Type == "reaction" ? ["sent"] : ["sent", "delivered", "read"];
        foreach (string status in statuses)
        {
            await Task.Delay(Pause, cloud.Clock);
            DateTimeOffset now = cloud.Clock.GetUtcNow();
            cloud.Sns.Publish(topicArn, new DeliveryMessage(EumEnvelope.WrapStatus(cloud.Account, BusinessNumber.OfSystem(message.PhoneNumberId), Json(message, status, now), now)));
        }
    }

    private static JsonObject Json(SentMessage message, string status, DateTimeOffset now)
    {
        var json = new JsonObject
        {
            ["id"] = message.WhatsAppMessageId,
            ["status"] = status,
            ["timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["recipient_id"] = message.To!.TrimStart('+'),
        };
        if (status == "failed")
        {
            json["errors"] = new JsonArray(new JsonObject
            {
                ["code"] = 131047,
                ["title"] = "Re-engagement message",
                ["error_data"] = new JsonObject { ["details"] = "Message failed to send because more than 24 hours have passed since the customer last replied to this number." },
            });
        }

        if (message.CallbackData is not null)
        {
            json["biz_opaque_callback_data"] = message.CallbackData;
        }

        return json;
    }
}
