using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.Contracts.Joining;

/// <summary>What a contact centre may say about joining, in the SSM parameter that the event handler reads too.</summary>
/// <param name="Separator"><c>join_separator</c>: stands between two joined texts; default a line break.</param>
/// <param name="WithinSeconds"><c>join_within_seconds</c>: what is further apart is not joined; default five minutes.</param>
/// <param name="JoinsMedia"><c>join_media</c>: files that follow each other are one message to the agent; default yes.</param>
public sealed record JoiningSettings(string Separator, int WithinSeconds, bool JoinsMedia)
{
    private const int LongestSeparator = 20;
    private const int MostSeconds = 24 * 60 * 60;

    /// <summary>Where nothing is said.</summary>
    public static JoiningSettings Default { get; } = new("\n", 300, JoinsMedia: true);

    /// <summary>These settings, of the parameter's members.</summary>
    /// <param name="settings">The parameter.</param>
    /// <exception cref="ConfigurationException">One is wrong.</exception>
    public static JoiningSettings Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.Verbatim("join_separator", LongestSeparator) ?? Default.Separator,
            settings.Whole("join_within_seconds", least: 0, MostSeconds, "whole seconds") ?? Default.WithinSeconds,
            settings.YesOrNo("join_media") ?? Default.JoinsMedia);
    }

    /// <inheritdoc cref="Read"/>
    /// <param name="parameter">Its name.</param>
    /// <param name="json">Its value.</param>
    public static JoiningSettings Parse(string parameter, string json) => Read(SettingsReader.OfParameter(parameter, json));
}
