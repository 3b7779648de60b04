using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>What a message is about: the message it quotes, where it was forwarded from, the product or advertisement it came through.</summary>
internal static class ContextLines
{
    public static IEnumerable<string> Of(JsonElement message, Texts texts)
    {
        if (message.Member("context") is { } context)
        {
            if (context.Readable("id") is not null && !SaysItself(message))
            {
                yield return Note.Of($"{texts.ReplyTo} {ReferenceText.Of(message, texts) ?? Unknown(context, message, texts)}");
            }

            if (context.IsTrue("frequently_forwarded"))
            {
                yield return Note.Of(texts.ForwardedOften);
            }
            else if (context.IsTrue("forwarded"))
            {
                yield return Note.Of(texts.Forwarded);
            }

            if (context.Member("referred_product") is { } product)
            {
                yield return Note.Of(texts.AboutProduct, product.Readable("product_retailer_id"));
            }
        }

        if (message.Member("referral") is { } referral)
        {
            yield return Note.Of(
                referral.Readable("source_type") == "post" ? texts.FromPost : texts.FromAdvertisement,
                referral.Readable("headline"), referral.Readable("body"), referral.Readable("source_url"));
        }
    }

    /// <summary>What is tapped is always a message of the business, of which no more is known; the others say in their own words what they are about.</summary>
    private static bool SaysItself(JsonElement message) => message.Words("type") is "button" or "interactive" or "reaction" or "edit" or "revoke";

    /// <summary>Who wrote it is known at least; in a group it may be anybody.</summary>
    private static string Unknown(JsonElement context, JsonElement message, Texts texts) =>
        IsOwn(context, message) ? texts.AMessageOfTheirOwn : message.Member("group_id") is null ? texts.AMessageOfOurs : texts.AMessage;

    private static bool IsOwn(JsonElement context, JsonElement message) => context.Readable("from") is { } quoted
        && (quoted == message.Words("from_phone_number") || quoted == message.Words("from") || quoted == message.Words("from_user_id"));
}
