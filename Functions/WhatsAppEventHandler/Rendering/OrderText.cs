using System.Text.Json;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>An order from a catalogue: an item a line.</summary>
internal static class OrderText
{
    public static string Render(JsonElement order) => AgentText.Lines(
    [
        order.Text("catalog_id") is { } catalogue ? $"[Order from catalogue {catalogue}]" : "[Order]",
        .. order.Items("product_items").Select(item =>
            $"{item.Text("quantity") ?? "?"} × {item.Text("product_retailer_id") ?? "?"} at {item.Text("item_price") ?? "?"} {item.Text("currency")}".TrimEnd()),
        order.Text("text"),
    ]);
}
