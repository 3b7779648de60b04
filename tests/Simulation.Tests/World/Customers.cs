using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests.World;

/// <summary>Everybody who writes to the business number, and what End User Messaging makes of it.</summary>
internal sealed class Customers(Cloud cloud)
{
    private readonly List<Message> _messages = [];

    /// <summary>How likely a message is a file.</summary>
    public double Files { get; set; }

    /// <summary>How likely a message is followed by an edit of one that the agents had long ago.</summary>
    public double Edits { get; set; }

    public IReadOnlyList<Message> Messages => _messages;

    /// <summary>Publishes one webhook, with a message of each of these senders in turn.</summary>
    /// <param name="senders">Phone numbers.</param>
    /// <param name="late">How long the webhook is on its way to End User Messaging.</param>
    public void Write(IReadOnlyList<string> senders, TimeSpan late = default) => Write([.. senders.Select(number => new Author(number, number, null))], late);

    /// <summary>Publishes one webhook, with a message of each of these authors in turn.</summary>
    /// <param name="authors">Who writes, and under which ids.</param>
    /// <param name="late">How long the webhook is on its way to End User Messaging.</param>
    public void Write(IReadOnlyList<Author> authors, TimeSpan late = default)
    {
        DateTimeOffset now = cloud.Clock.GetUtcNow();
        Message[] messages = [.. authors.Select((author, i) => new Message(Files > 0 && cloud.Random.NextDouble() < Files ? $"file {_messages.Count + i + 1}.pdf" : $"message {_messages.Count + i + 1}", author.Person, now.ToUnixTimeSeconds(), Stamp(now + late), author))];
        _messages.AddRange(messages);
        Publish([.. messages, .. messages.Where(_ => Edits > 0 && cloud.Random.NextDouble() < Edits).Select(message => message with { Text = $"edit after {message.Text}" })], now + late, late);
    }

    /// <summary>WhatsApp delivers a message once more, and names its author by all ids that it knows by now.</summary>
    /// <param name="message">A message that was written before.</param>
    /// <param name="number">The author's number.</param>
    /// <param name="userId">The author's user id.</param>
    public void WriteAgain(Message message, string number, string userId) =>
        Publish([message with { Author = message.Author with { Number = number, UserId = userId } }], cloud.Clock.GetUtcNow(), default);

    /// <summary>WhatsApp tells what became of a message.</summary>
    /// <param name="recipient">Whose.</param>
    /// <param name="callbackData">What the message carried.</param>
    /// <param name="isDelivered">Whether it arrived.</param>
    public void PublishStatus(string recipient, string callbackData, bool isDelivered)
    {
        var status = new JsonObject { ["id"] = "wamid.out", ["status"] = isDelivered ? "delivered" : "failed", ["recipient_id"] = recipient, ["biz_opaque_callback_data"] = callbackData };
        if (!isDelivered)
        {
            status["errors"] = new JsonArray(new JsonObject { ["code"] = 131026, ["title"] = "Message undeliverable" });
        }

        string entry = Entry(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = Metadata(),
            ["statuses"] = new JsonArray(status),
        });
        Publish(entry, cloud.Clock.GetUtcNow(), default);
    }

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private void Publish(Message[] messages, DateTimeOffset receivedAt, TimeSpan late) => Publish(Webhook(messages), receivedAt, late);

    private void Publish(string entry, DateTimeOffset receivedAt, TimeSpan late)
    {
        JsonObject notification = Notification(entry, Stamp(receivedAt));
        JsonObject carried = cloud.Wiring is Wiring.Guide ? new() { ["Records"] = new JsonArray(new JsonObject { ["Sns"] = notification }) } : notification;
        cloud.Sns.Accept(Encoding.UTF8.GetBytes(carried.ToJsonString()), late);
    }

    private static string Webhook(IEnumerable<Message> messages) => Entry(new JsonObject
    {
        ["messaging_product"] = "whatsapp",
        ["metadata"] = Metadata(),
        ["messages"] = new JsonArray([.. messages.Select(Json)]),
    });

    private static JsonObject Metadata() => new() { ["display_phone_number"] = "56227607895", ["phone_number_id"] = "503" };

    private static string Entry(JsonObject value) => new JsonObject
    {
        ["id"] = "1",
        ["changes"] = new JsonArray(new JsonObject { ["field"] = "messages", ["value"] = value }),
    }.ToJsonString();

    private static JsonObject Json(Message message)
    {
        var json = new JsonObject
        {
            ["id"] = $"wamid.{message.Text}",
            ["timestamp"] = $"{message.Timestamp}",
            ["type"] = message.Type,
        };
        json[message.Type] = message.Type switch
        {
            "document" => new JsonObject { ["id"] = string.Concat(message.Text.Where(char.IsAsciiLetterOrDigit)), ["mime_type"] = "application/pdf", ["filename"] = message.Text },
            "edit" => new JsonObject { ["original_message_id"] = "wamid.long-ago", ["message"] = new JsonObject { ["type"] = "text", ["text"] = Body(message) } },
            _ => Body(message),
        };
        foreach ((string name, string? id) in new[] { ("from", message.Author.Number), ("from_user_id", message.Author.UserId) })
        {
            if (id is not null)
            {
                json[name] = id;
            }
        }

        return json;
    }

    private static JsonObject Body(Message message) => new() { ["body"] = message.Text };

    private static JsonObject Notification(string entry, string receivedAt) => new()
    {
        ["Type"] = "Notification",
        ["MessageId"] = "sns",
        ["TopicArn"] = "arn:aws:sns:us-east-1:123456789012:whatsapp_in",
        ["Message"] = new JsonObject
        {
            ["context"] = new JsonObject { ["MetaPhoneNumberIds"] = new JsonArray(new JsonObject { ["metaPhoneNumberId"] = "503", ["arn"] = "arn:aws:social-messaging:us-east-1:123456789012:phone-number-id/976c" }) },
            ["whatsAppWebhookEntry"] = entry,
            ["message_timestamp"] = receivedAt,
        }.ToJsonString(),
    };
}

/// <summary>Who writes a message, as the message says it.</summary>
/// <param name="Person">Who it is: nobody but the simulation knows.</param>
/// <param name="Number">The phone number, if the message shows it.</param>
/// <param name="UserId">The business-scoped user id, if the message shows it.</param>
internal sealed record Author(string Person, string? Number, string? UserId);

/// <summary>A message.</summary>
/// <param name="Text">Its text, or the name of its file, unlike any other.</param>
/// <param name="Sender">Who wrote it.</param>
/// <param name="Timestamp">WhatsApp's: whole seconds.</param>
/// <param name="ReceivedAt">When End User Messaging got it.</param>
/// <param name="Author">Who wrote it, as the message says.</param>
internal sealed record Message(string Text, string Sender, long Timestamp, string ReceivedAt, Author Author)
{
    /// <summary>WhatsApp's word for what it is.</summary>
    public string Type => Text.Split(' ')[0] switch
    {
        "file" => "document",
        "edit" => "edit",
        _ => "text",
    };

    /// <summary>The customer's order, where it is known.</summary>
    public bool IsWrittenAfter(Message other) =>
        (Timestamp, ReceivedAt).CompareTo((other.Timestamp, other.ReceivedAt)) > 0;
}
