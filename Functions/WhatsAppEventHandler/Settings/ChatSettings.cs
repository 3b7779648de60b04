using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Joining;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Release;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

namespace WhatsAppBuffer.WhatsAppEventHandler.Settings;

/// <summary>The guide's JSON in the SSM parameter.</summary>
/// <param name="InstanceId"><c>instance_id</c>.</param>
/// <param name="ContactFlowId"><c>contact_flow_id</c>.</param>
/// <param name="ChatDurationMinutes"><c>chat_duration_minutes</c>, 60–10,080 (Connect's limits); default 60.</param>
/// <param name="Kinds">Which messages agents see, and for which they are called.</param>
/// <param name="LateMarker">
/// <c>late_marker</c>: stands above a message that comes later than it was written; null = a line that says when that was, empty (<c>no</c>) = nothing does.
/// </param>
/// <param name="Texts">
/// <c>language</c>: what agents read beside the customers' words, default English; <c>time_zone</c>: in which times are told, default UTC.
/// </param>
/// <param name="Courtesies"><c>courtesies</c>: <c>none</c>, <c>read</c> or <c>all</c>; null = what the function's environment says.</param>
/// <param name="AttachesFiles"><c>attach_files</c>: whether customers' files are attached or written in words; default yes.</param>
/// <param name="FileWait"><c>file_wait_seconds</c>, 0–40: how long an aggregate waits for its files; default 20.</param>
/// <param name="Joining">What the aggregator reads too.</param>
/// <param name="Quiet">When what waits is let go under the release policy <c>quiet</c>.</param>
internal sealed record ChatSettings(
    string InstanceId,
    string ContactFlowId,
    int ChatDurationMinutes,
    Kinds Kinds,
    string? LateMarker,
    Texts Texts,
    CourtesyChoice? Courtesies,
    bool AttachesFiles,
    TimeSpan FileWait,
    JoiningSettings Joining,
    QuietSettings Quiet)
{
    private const int LongestMarker = 100;
    private const int DefaultFileWait = 20;

    /// <summary>The function has a minute, and delivers in what is left of it.</summary>
    private const int LongestFileWait = 40;
    private const string Zone = "the name of a zone in the IANA database, such as America/Lima";
    private const string FromConsole = "write the id from the Amazon Connect console";

    /// <summary>These settings, as a parameter holds them.</summary>
    public static SettingsSource<ChatSettings> SourceIn(IParameterStore store, string parameter, TimeProvider clock, ILogger log) =>
        new(store, parameter, "instance_id and contact_flow_id", Parse, clock, log);

    /// <summary>The line above a message that comes later than it was written; null = there is none.</summary>
    /// <param name="written">In seconds since 1970.</param>
    public string? LateLine(long written) => LateMarker switch
    {
        null => Note.Of($"{Texts.Late} {Texts.Time(written)}"),
        "" => null,
        var own => own,
    };

    /// <exception cref="ConfigurationException">Names the parameter, the member, and what is wrong with it.</exception>
    public static ChatSettings Parse(string parameter, string json)
    {
        var settings = SettingsReader.OfParameter(parameter, json);
        Texts texts = settings.OneOf("language", Texts.Languages) ?? Texts.English;
        return new ChatSettings(
            settings.Required("instance_id", FromConsole, most: 100),
            settings.Required("contact_flow_id", FromConsole, most: 500),
            settings.Whole("chat_duration_minutes", least: 60, most: 10_080) ?? 60,
            Kinds.Read(settings),
            LateMarkerIn(settings),
            settings.As("time_zone", TimeZones.Find, Zone) is { } zone ? texts with { Zone = zone } : texts,
            settings.OneOf("courtesies", CourtesyChoice.Words),
            settings.YesOrNo("attach_files") is not false,
            TimeSpan.FromSeconds(settings.Whole("file_wait_seconds", least: 0, most: LongestFileWait) ?? DefaultFileWait),
            JoiningSettings.Read(settings),
            QuietSettings.Read(settings));
    }

    private static string? LateMarkerIn(SettingsReader settings) =>
        settings.Text("late_marker", LongestMarker) is var marker && "no".Equals(marker, StringComparison.OrdinalIgnoreCase) ? "" : marker;
}
