using System.Globalization;

namespace WhatsAppBuffer.Simulator.App.Words;

/// <summary>Counts in words: <c>1 message</c>, <c>2 messages</c>, <c>10,000 messages</c>.</summary>
internal static class Plural
{
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one.</param>
    /// <param name="many">The word for any other number; one and an s when missing.</param>
    public static string Of(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? $"{one}s")}");
}
