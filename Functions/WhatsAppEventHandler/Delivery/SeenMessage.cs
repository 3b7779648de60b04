using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Joining;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>A message as the rule of joining sees it.</summary>
internal static class SeenMessage
{
    /// <param name="message">Of an aggregate.</param>
    public static JoiningMessage Of(JsonElement message)
    {
        MessageTraits traits = message.Words("type") switch
        {
            "text" => MessageTraits.TextType,
            "image" or "video" or "audio" or "document" or "sticker" => MessageTraits.File,
            _ => MessageTraits.None,
        };
        traits |= BodyOf(message) is null ? MessageTraits.None : MessageTraits.TextBody;
        traits |= message.Member("context") is null && message.Member("referral") is null ? MessageTraits.None : MessageTraits.OwnContext;
        string? writer = null;
        if (Writers.IsOfGroup(message))
        {
            traits |= MessageTraits.Group;
            writer = message.Text("from_user_id") ?? message.Text("from_phone_number");
        }

        return new JoiningMessage(traits, Aggregate.TimestampOf(message) ?? -1, Encoding.UTF8.GetBytes(writer ?? ""));
    }

    /// <summary>What a text says; null for another message.</summary>
    public static string? BodyOf(JsonElement message) => message.Member("text")?.Text("body");
}
