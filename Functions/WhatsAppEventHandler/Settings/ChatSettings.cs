using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

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
/// <param name="Texts"><c>language</c>: what agents read beside the customers' words; default English.</param>
internal sealed record ChatSettings(
    string InstanceId,
    string ContactFlowId,
    int ChatDurationMinutes,
    bool IgnoreReactions,
    bool IgnoreStickers,
    string? LateMarker,
    Texts Texts)
{
    private const int LongestMarker = 100;
    private const string FromConsole = "write the id from the Amazon Connect console";

    /// <summary>These settings, as a parameter holds them.</summary>
    public static SettingsSource<ChatSettings> SourceIn(IParameterStore store, string parameter, TimeProvider clock, ILogger log) =>
        new(store, parameter, "instance_id and contact_flow_id", Parse, clock, log);

    /// <exception cref="ConfigurationException">Names the parameter, the member, and what is wrong with it.</exception>
    public static ChatSettings Parse(string parameter, string json)
    {
        var settings = SettingsReader.OfParameter(parameter, json);
        Texts texts = settings.OneOf("language", Texts.Languages) ?? Texts.English;
        return new ChatSettings(
            settings.Required("instance_id", FromConsole, most: 100),
            settings.Required("contact_flow_id", FromConsole, most: 500),
            settings.Whole("chat_duration_minutes", least: 60, most: 10_080) ?? 60,
            settings.YesOrNo("ignore_reactions") ?? true,
            settings.YesOrNo("ignore_stickers") ?? true,
            LateMarkerIn(settings, texts),
            texts);
    }

    private static string? LateMarkerIn(SettingsReader settings, Texts texts)
    {
        string marker = settings.Text("late_marker", LongestMarker) ?? Note.Of(texts.Late);
        return marker.Equals("no", StringComparison.OrdinalIgnoreCase) ? null : marker;
    }
}
