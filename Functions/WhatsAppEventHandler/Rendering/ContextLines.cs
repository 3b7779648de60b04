using System.Text.Json;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>What a message refers to: the message it quotes, where it was forwarded from, the product or advertisement it came through.</summary>
internal static class ContextLines
{
    public static IEnumerable<string> Of(JsonElement message)
    {
        if (message.Member("context") is { } context)
        {
            if (context.Text("id") is { } quoted)
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
                yield return $"[About product {product.Text("product_retailer_id") ?? "?"} of catalogue {product.Text("catalog_id") ?? "?"}]";
            }
        }

        if (message.Member("referral") is { } referral)
        {
            string[] parts = [.. new[] { referral.Text("headline"), referral.Text("body"), referral.Text("source_url") }.OfType<string>()];
            yield return parts.Length == 0 ? "[Came from an advertisement]" : $"[Came from {referral.Text("source_type") ?? "ad"}: {string.Join(" | ", parts)}]";
        }
    }
}
