using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Endpoint;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>
/// What AWS End User Messaging Social publishes for one WhatsApp webhook entry: a JSON envelope whose <c>whatsAppWebhookEntry</c> is again
/// JSON, as a string.
/// </summary>
internal static class EumEnvelope
{
    /// <summary>The depth is what a request may have, and what stands around it.</summary>
    internal static readonly JsonSerializerOptions Readable = new() { Encoder = ReadableJson.Encoder, MaxDepth = 128 };

    /// <summary>A message of a customer.</summary>
    public static string Wrap(AwsAccount account, BusinessNumber number, WebhookMessage message, DateTimeOffset now)
    {
        var content = new Dictionary<string, JsonArray>();
        if (message.Contact is not null)
        {
            content["contacts"] = [message.Contact];
        }

        content["messages"] = [message.Message];
        return Wrap(account, number, Entry(number, content), now);
    }

    /// <summary>What became of a message to a customer.</summary>
    public static string WrapStatus(AwsAccount account, BusinessNumber number, JsonObject status, DateTimeOffset now) =>
        Wrap(account, number, Entry(number, new() { ["statuses"] = new JsonArray(status) }), now);

    private static string Wrap(AwsAccount account, BusinessNumber number, JsonObject entry, DateTimeOffset now)
    {
        var envelope = new JsonObject
        {
            ["context"] = new JsonObject
            {
                ["MetaWabaIds"] = new JsonArray(new JsonObject { ["wabaId"] = number.WabaId, ["arn"] = number.WabaArn(account) }),
                ["MetaPhoneNumberIds"] = new JsonArray(
                    new JsonObject { ["metaPhoneNumberId"] = number.PhoneNumberId, ["arn"] = number.PhoneNumberArn(account) }),
            },
            ["whatsAppWebhookEntry"] = entry.ToJsonString(Readable),
            ["aws_account_id"] = account.Id,
            ["message_timestamp"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture),
            ["messageId"] = Guid.NewGuid().ToString(),
        };
        return envelope.ToJsonString(Readable);
    }

    private static JsonObject Entry(BusinessNumber number, Dictionary<string, JsonArray> content)
    {
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject
            {
                ["display_phone_number"] = number.DisplayPhoneNumber,
                ["phone_number_id"] = number.PhoneNumberId,
            },
        };
        foreach ((string name, JsonArray items) in content)
        {
            value[name] = items;
        }

        return new JsonObject
        {
            ["id"] = number.WabaId,
            ["changes"] = new JsonArray(new JsonObject { ["value"] = value, ["field"] = "messages" }),
        };
    }
}
