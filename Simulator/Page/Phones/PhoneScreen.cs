using System.Text.Json.Nodes;
using LocalAws.SocialMessaging;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.Page.Recording;

namespace WhatsAppBuffer.Simulator.Page.Phones;

/// <summary>What a customer's phone shows, as WhatsApp draws it: corrections are applied, reactions sit on what they are about.</summary>
internal static class PhoneScreen
{
    private static readonly string[] Files = ["image", "video", "audio", "document", "sticker"];

    /// <param name="business">What the business is called.</param>
    /// <param name="written">What the customer wrote, oldest first.</param>
    /// <param name="received">What was sent to them, oldest first: answers, and signs at their messages.</param>
    public static IReadOnlyList<PhoneLine> Of(string business, IReadOnlyList<RecordedMessage> written, IReadOnlyList<SentMessage> received)
    {
        var lines = new Dictionary<string, PhoneLine>(StringComparer.Ordinal);
        foreach (RecordedMessage message in written)
        {
            if (!Correct(lines, message))
            {
                lines[message.Id] = Mine(message);
            }
        }

        int read = -1;
        string[] order = [.. written.Select(message => message.Id)];
        foreach (SentMessage message in received)
        {
            switch (message.Type)
            {
                case "read":
                    read = Math.Max(read, Array.IndexOf(order, message.About));
                    break;
                case "reaction" when message.About is { } id:
                    if (lines.TryGetValue(id, out PhoneLine? reacted))
                    {
                        lines[id] = reacted with { Reaction = message.Text ?? "" };
                    }

                    break;
                default:
                    lines[message.WhatsAppMessageId] = Theirs(message);
                    break;
            }
        }

        // Who reads the newest has read what is above it.
        foreach (string id in order.Take(read + 1).Where(lines.ContainsKey))
        {
            lines[id] = lines[id] with { Ticks = Ticks.Read };
        }

        // A customer reacts to what they got as well, which is there only now.
        foreach (RecordedMessage message in written)
        {
            _ = Correct(lines, message);
        }

        return [.. lines.Values.Select(line => WithQuote(line, lines, business)).OrderBy(line => line.At)];
    }

    /// <summary>What a message says, in a line.</summary>
    public static string Summary(WebhookMessage message)
    {
        JsonObject json = message.Message;
        string type = Text(json["type"]);
        string said = type switch
        {
            "text" => Text(json["text"]?["body"]),
            "image" or "video" or "document" => Text(json[type]?["caption"]),
            "location" => Text(json[type]?["name"]),
            "contacts" => Text((json[type] as JsonArray)?.FirstOrDefault()?["name"]?["formatted_name"]),
            "interactive" => Text(json[type]?["button_reply"]?["title"] ?? json[type]?["list_reply"]?["title"]),
            "button" => Text(json[type]?["text"]),
            "reaction" => Text(json[type]?["emoji"]),
            "edit" => Text(json[type]?["message"]?["text"]?["body"]),
            _ => "",
        };
        return said.Length > 0 ? said : Named(type);
    }

    /// <summary>A type in words.</summary>
    public static string Named(string type) => type switch
    {
        "image" => "Photo",
        "video" => "Video",
        "audio" => "Voice note",
        "document" => "Document",
        "sticker" => "Sticker",
        "location" => "Location",
        "contacts" => "Contact",
        "reaction" => "Reaction",
        "revoke" => "Deletion",
        "order" => "Order",
        _ => type,
    };

    /// <summary>Whether a message only changes another one.</summary>
    private static bool Correct(Dictionary<string, PhoneLine> lines, RecordedMessage message)
    {
        JsonObject? json = message.Written?.Message;
        string? about = message.Type switch
        {
            "edit" or "revoke" => Text(json?[message.Type]?["original_message_id"]),
            "reaction" => Text(json?["reaction"]?["message_id"]),
            _ => null,
        };
        if (about is null)
        {
            return false;
        }

        if (lines.TryGetValue(about, out PhoneLine? line))
        {
            lines[about] = message.Type switch
            {
                "edit" => line with { Text = Text(json?["edit"]?["message"]?["text"]?["body"]), IsEdited = true },
                "revoke" => line with { Text = "", MediaId = null, IsDeleted = true },
                _ => line with { Reaction = Text(json?["reaction"]?["emoji"]) },
            };
        }

        return true;
    }

    private static PhoneLine Mine(RecordedMessage message)
    {
        JsonObject? json = message.Written?.Message;
        bool isFile = Files.Contains(message.Type);
        string said = json is null ? message.Text : isFile ? Text(json[message.Type]?["caption"]) : Summary(message.Written!);
        return new PhoneLine(message.Id, IsMine: true, message.Type, said, message.SentAt)
        {
            MediaId = isFile ? Text(json?[message.Type]?["id"]) is { Length: > 0 } id ? id : null : null,
            FileName = Text(json?[message.Type] is JsonObject content ? content["filename"] : null),
            Ticks = message.StoredAt is null ? Ticks.Sent : Ticks.Delivered,
            Quote = Text(json?["context"]?["id"]) is { Length: > 0 } quoted ? quoted : null,
        };
    }

    private static PhoneLine Theirs(SentMessage message)
    {
        JsonNode? content = ForeignJson.Node(message.Json)?[message.Type];
        return new PhoneLine(message.WhatsAppMessageId, IsMine: false, message.Type, message.Text ?? (Files.Contains(message.Type) ? "" : PhoneHistory.Shown(message)), message.SentAt)
        {
            MediaId = Files.Contains(message.Type) ? Text(content?["id"]) is { Length: > 0 } id ? id : null : null,
            FileName = content is JsonObject ? Text(content["filename"]) : "",
            Quote = message.About,
        };
    }

    private static PhoneLine WithQuote(PhoneLine line, Dictionary<string, PhoneLine> lines, string business)
    {
        if (line.Quote is null || !lines.TryGetValue(line.Quote, out PhoneLine? quoted))
        {
            return line with { Quote = null };
        }

        return line with { Quote = quoted.Text.Length > 0 ? quoted.Text : Named(quoted.Kind), QuoteFrom = quoted.IsMine ? "You" : business };
    }

    private static string Text(JsonNode? node) => node is JsonValue value ? value.ToString() : "";
}
