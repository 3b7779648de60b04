using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>An order from a catalogue: an item a line.</summary>
internal static class OrderText
{
    public static string Render(JsonElement order, Texts texts) => AgentText.Lines(
    [
        Note.Of(texts.Order),
        .. order.Items("product_items").Select(item => Line(item, texts)),
        order.Readable("text"),
    ]);

    private static string Line(JsonElement item, Texts texts)
    {
        string what = $"{item.Readable("quantity") ?? "?"} × {item.Readable("product_retailer_id") ?? "?"}";
        return item.Readable("item_price") is not { } price ? what
            : item.Readable("currency") is { } currency ? $"{what}, {price} {currency} {texts.Each}"
            : $"{what}, {price} {texts.Each}";
    }
}
