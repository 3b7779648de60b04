using NodaTime;

namespace WhatsAppBuffer.WhatsAppEventHandler.Settings;

/// <summary>Zones of the IANA database that comes with NodaTime: Lambda's own runtime has none.</summary>
internal static class TimeZones
{
    /// <returns>Null when there is no such zone.</returns>
    public static DateTimeZone? Find(string name) =>
        DateTimeZoneProviders.Tzdb.Ids.FirstOrDefault(id => id.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } id ? DateTimeZoneProviders.Tzdb[id] : null;
}
