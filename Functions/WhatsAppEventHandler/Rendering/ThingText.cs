using System.Text.Json;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Places, people, goods.</summary>
internal static class ThingText
{
    public static string Location(JsonElement location)
    {
        string name = string.Join(", ", new[] { location.Text("name"), location.Text("address") }.OfType<string>());
        // As written: an agent who looks the place up needs every digit.
        (string? latitude, string? longitude) = (location.Text("latitude"), location.Text("longitude"));
        bool placed = latitude is not null && longitude is not null;
        return AgentText.Lines(
            name.Length > 0 ? $"[Location: {name}]" : "[Location]",
            placed ? $"{latitude}, {longitude}" : null,
            placed ? $"https://www.google.com/maps/search/?api=1&query={Uri.EscapeDataString($"{latitude},{longitude}")}" : null,
            location.Text("url"));
    }

    public static string Contacts(IEnumerable<JsonElement> contacts) => AgentText.Lines(contacts.Select(Contact));

    private static string Contact(JsonElement contact)
    {
        string name = contact.Member("name") is { } names ? names.Text("formatted_name") ?? names.Text("first_name") ?? "no name" : "no name";
        string? company = contact.Member("org") is { } org ? org.Text("company") : null;
        return AgentText.Lines(
        [
            company is null ? $"[Contact: {name}]" : $"[Contact: {name}, {company}]",
            .. contact.Items("phones").Select(phone => Labelled(phone.Text("phone") ?? phone.Text("wa_id"), phone)),
            .. contact.Items("emails").Select(email => Labelled(email.Text("email"), email)),
        ]);
    }

    private static string? Labelled(string? value, JsonElement entry) => value is not null && entry.Text("type") is { } type ? $"{value} ({type})" : value;

    public static string Order(JsonElement order) => AgentText.Lines(
    [
        order.Text("catalog_id") is { } catalogue ? $"[Order from catalogue {catalogue}]" : "[Order]",
        .. order.Items("product_items").Select(item =>
            $"{item.Text("quantity") ?? "?"} × {item.Text("product_retailer_id") ?? "?"} at {item.Text("item_price") ?? "?"} {item.Text("currency")}".TrimEnd()),
        order.Text("text"),
    ]);
}
