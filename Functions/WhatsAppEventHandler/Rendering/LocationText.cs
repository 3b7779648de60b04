using System.Text.Json;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>A place: its name and address, its coordinates, and a link that shows it on a map.</summary>
internal static class LocationText
{
    public static string Render(JsonElement location, Texts texts)
    {
        // As written: an agent who looks the place up needs every digit.
        (string? latitude, string? longitude) = (location.Readable("latitude"), location.Readable("longitude"));
        bool placed = latitude is not null && longitude is not null;
        return AgentText.Lines(
            Note.Of(texts.Location, location.Readable("name"), location.Readable("address")),
            placed ? $"{latitude}, {longitude}" : null,
            placed ? $"https://www.google.com/maps/search/?api=1&query={Uri.EscapeDataString($"{latitude},{longitude}")}" : null,
            location.Readable("url"));
    }
}
