using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>What a message refers to: the message it quotes, where it was forwarded from, the product or advertisement it came through.</summary>
internal static class ContextLines
{
    public static IEnumerable<string> Of(JsonElement message)
    {
        if (message.Member("context") is { } context)
        {
            if (context.Words("id") is { } quoted)
            {
                yield return $"[In reply to message {quoted}]";
            }

            if (context.IsTrue("frequently_forwarded"))
            {
                yield return "[Forwarded many times]";
            }
            else if (context.IsTrue("forwarded"))
            {
                yield return "[Forwarded]";
            }

            if (context.Member("referred_product") is { } product)
            {
                yield return $"[About product {product.Words("product_retailer_id") ?? "?"} of catalogue {product.Words("catalog_id") ?? "?"}]";
            }
        }

        if (message.Member("referral") is { } referral)
        {
            string[] parts = [.. new[] { referral.Words("headline"), referral.Words("body"), referral.Words("source_url") }.OfType<string>()];
            yield return parts.Length == 0 ? "[Came from an advertisement]" : $"[Came from {referral.Words("source_type") ?? "ad"}: {string.Join(" | ", parts)}]";
        }
    }
}
