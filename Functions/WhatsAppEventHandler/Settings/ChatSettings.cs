using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler.Settings;

/// <summary>The guide's JSON in the SSM parameter.</summary>
/// <param name="InstanceId"><c>instance_id</c>.</param>
/// <param name="ContactFlowId"><c>contact_flow_id</c>.</param>
/// <param name="ChatDurationMinutes"><c>chat_duration_minutes</c>, 60–10,080 (Connect's limits); default 60.</param>
/// <param name="IgnoreReactions"><c>ignore_reactions</c>: agents do not see reactions; default yes.</param>
/// <param name="IgnoreStickers"><c>ignore_stickers</c>: agents do not see stickers; default yes.</param>
/// <param name="LateMarker">
/// <c>late_marker</c>: stands above a message that comes after one its customer wrote later; <c>no</c> = null, nothing does.
/// </param>
internal sealed record ChatSettings(
    string InstanceId,
    string ContactFlowId,
    int ChatDurationMinutes = 60,
    bool IgnoreReactions = true,
    bool IgnoreStickers = true,
    string? LateMarker = ChatSettings.DefaultLateMarker)
{
    /// <summary>What an agent reads above a message that comes late, unless <c>late_marker</c> says otherwise.</summary>
    public const string DefaultLateMarker = "[Late: written before what is above]";

    private const int LongestMarker = 100;
    private const string FromConsole = "write the id from the Amazon Connect console";

    /// <summary>These settings, as a parameter holds them.</summary>
    public static SettingsSource<ChatSettings> SourceIn(IParameterStore store, string parameter, TimeProvider clock, ILogger log) =>
        new(store, parameter, "instance_id and contact_flow_id", Parse, clock, log);

    /// <exception cref="ConfigurationException">Names the parameter, the member, and what is wrong with it.</exception>
    public static ChatSettings Parse(string parameter, string json)
    {
        var settings = SettingsReader.OfParameter(parameter, json);
        return new ChatSettings(
            settings.Required("instance_id", FromConsole, most: 100),
            settings.Required("contact_flow_id", FromConsole, most: 500),
            settings.Whole("chat_duration_minutes", least: 60, most: 10_080) ?? 60,
            settings.YesOrNo("ignore_reactions") ?? true,
            settings.YesOrNo("ignore_stickers") ?? true,
            LateMarkerIn(settings));
    }

    private static string? LateMarkerIn(SettingsReader settings)
    {
        string marker = settings.Text("late_marker", LongestMarker) ?? DefaultLateMarker;
        return marker.Equals("no", StringComparison.OrdinalIgnoreCase) ? null : marker;
    }
}
