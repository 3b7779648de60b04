using System.Globalization;

namespace LocalAws.Endpoint;

/// <summary>Moments as AWS's protocols and documents write them.</summary>
internal static class AwsTime
{
    /// <summary><c>2026-11-29T10:00:00.000Z</c>.</summary>
    public static string Milliseconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-29T10:00:00Z</c>.</summary>
    public static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Seconds since 1970 with a fraction of milliseconds, as JSON protocols write a timestamp.</summary>
    public static decimal Epoch(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000m;
}
