using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests.World;

/// <summary>Everybody who writes to the business number, and what End User Messaging makes of it.</summary>
internal sealed class Customers(Cloud cloud)
{
    private readonly List<Message> _messages = [];

    public IReadOnlyList<Message> Messages => _messages;

    /// <summary>Publishes one webhook, with a message of each of these senders in turn.</summary>
    /// <param name="senders">Phone numbers.</param>
    /// <param name="late">How long the webhook is on its way to End User Messaging.</param>
    public void Write(IReadOnlyList<string> senders, TimeSpan late = default)
    {
        DateTimeOffset now = cloud.Clock.GetUtcNow();
        string receivedAt = (now + late).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        Message[] messages = [.. senders.Select((sender, i) => new Message($"message {_messages.Count + i + 1}", sender, now.ToUnixTimeSeconds(), receivedAt))];
        _messages.AddRange(messages);
        JsonObject notification = Notification(Webhook(messages), receivedAt);
        JsonObject carried = cloud.Wiring is Wiring.Guide ? new() { ["Records"] = new JsonArray(new JsonObject { ["Sns"] = notification }) } : notification;
        cloud.Sns.Accept(Encoding.UTF8.GetBytes(carried.ToJsonString()), late);
    }

    private static string Webhook(IEnumerable<Message> messages) => new JsonObject
    {
        ["id"] = "1",
        ["changes"] = new JsonArray(new JsonObject
        {
            ["field"] = "messages",
            ["value"] = new JsonObject
            {
                ["messaging_product"] = "whatsapp",
                ["metadata"] = new JsonObject { ["display_phone_number"] = "56227607895", ["phone_number_id"] = "503" },
                ["messages"] = new JsonArray([.. messages.Select(message => new JsonObject
                {
                    ["from"] = message.Sender,
                    ["id"] = $"wamid.{message.Text}",
                    ["timestamp"] = $"{message.Timestamp}",
                    ["type"] = "text",
                    ["text"] = new JsonObject { ["body"] = message.Text },
                })]),
            },
        }),
    }.ToJsonString();

    private static JsonObject Notification(string entry, string receivedAt) => new()
    {
        ["Type"] = "Notification",
        ["MessageId"] = "sns",
        ["TopicArn"] = "arn:aws:sns:us-east-1:123456789012:whatsapp_in",
        ["Message"] = new JsonObject { ["whatsAppWebhookEntry"] = entry, ["message_timestamp"] = receivedAt }.ToJsonString(),
    };
}

/// <summary>A message.</summary>
/// <param name="Text">Its text, unlike any other.</param>
/// <param name="Sender">Who wrote it.</param>
/// <param name="Timestamp">WhatsApp's: whole seconds.</param>
/// <param name="ReceivedAt">When End User Messaging got it.</param>
internal sealed record Message(string Text, string Sender, long Timestamp, string ReceivedAt)
{
    /// <summary>The customer's order, where it is known.</summary>
    public bool IsWrittenAfter(Message other) =>
        (Timestamp, ReceivedAt).CompareTo((other.Timestamp, other.ReceivedAt)) > 0;
}
