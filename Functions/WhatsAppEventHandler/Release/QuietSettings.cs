using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler.Release;

/// <summary>When what waits is let go, under the release policy <c>quiet</c>; of the SSM parameter.</summary>
/// <param name="Quiet"><c>quiet_seconds</c>, 1–60: so long after the newest message; default 5.</param>
/// <param name="Most"><c>quiet_max_seconds</c>, 1–600: so long after the first, whether the customer has finished or not; default 20.</param>
/// <param name="MostMessages"><c>quiet_max_messages</c>, 1–100: so many at once at the most; default 50.</param>
/// <param name="FlushWords"><c>quiet_flush_words</c>, separated by commas: a text that is one of them, in any case, lets go at once; default none.</param>
internal sealed record QuietSettings(TimeSpan Quiet, TimeSpan Most, int MostMessages, IReadOnlySet<string> FlushWords)
{
    private const int LongestWords = 1_000;

    /// <summary>Where nothing is said.</summary>
    public static QuietSettings Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), 50, new HashSet<string>());

    /// <summary>These settings, of the parameter's members.</summary>
    /// <exception cref="ConfigurationException">One is wrong.</exception>
    public static QuietSettings Read(SettingsReader settings)
    {
        TimeSpan quiet = Seconds("quiet_seconds", most: 60) ?? Default.Quiet;
        TimeSpan longest = Seconds("quiet_max_seconds", most: 600) ?? Default.Most;
        return longest < quiet
            ? throw settings.Wrong("quiet_max_seconds", $"is {longest.TotalSeconds}, and quiet_seconds is {quiet.TotalSeconds}: what is waited for at the most cannot be less than the quiet itself")
            : new QuietSettings(
                quiet,
                longest,
                settings.Whole("quiet_max_messages", least: 1, most: 100) ?? Default.MostMessages,
                settings.Text("quiet_flush_words", LongestWords) is { } words
                    ? words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase)
                    : Default.FlushWords);

        TimeSpan? Seconds(string name, int most) => settings.Whole(name, least: 1, most, "whole seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
