using System.Globalization;
using NodaTime;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>Times, in the language's words.</summary>
internal sealed partial record Texts
{
    /// <summary>In which times are told: the contact centre's.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>A moment as an agent reads it. Whose zone was not chosen may live in another: then it is named.</summary>
    /// <param name="seconds">Since 1970, until the year 9999.</param>
    public string Time(long seconds)
    {
        LocalDateTime time = Instant.FromUnixTimeSeconds(seconds).InZone(Zone).LocalDateTime;
        string date = string.Create(CultureInfo.InvariantCulture, $"{time.Day} {Months[time.Month - 1]} {time.Year}, {time.Hour:00}:{time.Minute:00}");
        return Zone.Id == DateTimeZone.Utc.Id ? $"{date} UTC" : date;
    }
}
