using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>Plausible content of each WhatsApp message type around one text, for customers who only say what they want to send.</summary>
internal static class MessageContent
{
    /// <summary>Types that <see cref="For"/> can make up; any other type needs its content given.</summary>
    public static IReadOnlyList<string> Types { get; } =
        ["text", "image", "video", "audio", "document", "sticker", "reaction", "location", "contacts", "interactive", "button", "order"];

    /// <exception cref="ArgumentException">The type is not one of <see cref="Types"/>.</exception>
    public static JsonNode For(string type, string text) => type switch
    {
        "text" => new JsonObject { ["body"] = text },
        "image" => Media(type, new JsonObject { ["caption"] = text }),
        "video" => Media(type, new JsonObject { ["caption"] = text }),
        "audio" => Media(type, new JsonObject { ["voice"] = true }),
        "document" => Media(type, new JsonObject { ["caption"] = text, ["filename"] = "document.pdf" }),
        "sticker" => Media(type, new JsonObject { ["animated"] = false }),
        "reaction" => new JsonObject { ["message_id"] = MessageId.New("reacted to"), ["emoji"] = "👍" },
        "location" => new JsonObject { ["latitude"] = 38.9806263495, ["longitude"] = -131.9428612257, ["name"] = text },
        "contacts" => new JsonArray(new JsonObject
        {
            ["name"] = new JsonObject { ["formatted_name"] = text, ["first_name"] = text },
            ["phones"] = new JsonArray(new JsonObject { ["phone"] = "+56 9 1234", ["wa_id"] = "5691234", ["type"] = "CELL" }),
        }),
        "interactive" => new JsonObject
        {
            ["type"] = "button_reply",
            ["button_reply"] = new JsonObject { ["id"] = "choice-1", ["title"] = text },
        },
        "button" => new JsonObject { ["payload"] = "CHOICE_1", ["text"] = text },
        "order" => new JsonObject
        {
            ["catalog_id"] = "194836987003835",
            ["text"] = text,
            ["product_items"] = new JsonArray(new JsonObject
            {
                ["product_retailer_id"] = "di9ozbzfi4",
                ["quantity"] = 2,
                ["item_price"] = 30.5,
                ["currency"] = "USD",
            }),
        },
        _ => throw new ArgumentException(
            $"There is no made-up content for messages of type '{type}': give 'content', or one of the types {string.Join(", ", Types)}."),
    };

    private static JsonObject Media(string type, JsonObject own)
    {
        SampleFile file = SampleFiles.Of(type)!;
        own["mime_type"] = file.MimeType;
        own["sha256"] = Convert.ToBase64String(SHA256.HashData(file.Content));
        // Until it is uploaded.
        own["id"] = "";
        return own;
    }
}
