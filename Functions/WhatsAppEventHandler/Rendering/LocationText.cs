using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>A place: its name and address, its coordinates, and a link that shows it on a map.</summary>
internal static class LocationText
{
    public static string Render(JsonElement location)
    {
        string name = string.Join(", ", new[] { location.Words("name"), location.Words("address") }.OfType<string>());
        // As written: an agent who looks the place up needs every digit.
        (string? latitude, string? longitude) = (location.Words("latitude"), location.Words("longitude"));
        bool placed = latitude is not null && longitude is not null;
        return AgentText.Lines(
            name.Length > 0 ? $"[Location: {name}]" : "[Location]",
            placed ? $"{latitude}, {longitude}" : null,
            placed ? $"https://www.google.com/maps/search/?api=1&query={Uri.EscapeDataString($"{latitude},{longitude}")}" : null,
            location.Words("url"));
    }
}
