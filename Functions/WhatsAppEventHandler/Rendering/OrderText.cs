using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>An order from a catalogue: an item a line.</summary>
internal static class OrderText
{
    public static string Render(JsonElement order) => AgentText.Lines(
    [
        order.Words("catalog_id") is { } catalogue ? $"[Order from catalogue {catalogue}]" : "[Order]",
        .. order.Items("product_items").Select(item =>
            $"{item.Words("quantity") ?? "?"} × {item.Words("product_retailer_id") ?? "?"} at {item.Words("item_price") ?? "?"} {item.Words("currency")}".TrimEnd()),
        order.Words("text"),
    ]);
}
