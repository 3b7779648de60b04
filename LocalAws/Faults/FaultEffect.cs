using System.Text.Json.Serialization;

namespace LocalAws.Faults;

/// <summary>What a fault does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultEffect>))]
public enum FaultEffect
{
    /// <summary>The call fails before it has any effect; a server's fault unless the rule gives a code.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>The call is refused with the service's own throttling error.</summary>
    [JsonStringEnumMemberName("throttle")]
    Throttle,

    /// <summary>The call takes longer.</summary>
    [JsonStringEnumMemberName("latency")]
    Latency,

    /// <summary>The call has its effect, then the connection breaks instead of carrying the answer: finds double sends.</summary>
    [JsonStringEnumMemberName("dropResponse")]
    DropResponse,

    /// <summary>The function's process is killed in the middle of an invocation, or just before it could answer.</summary>
    [JsonStringEnumMemberName("kill")]
    Kill,

    /// <summary>A notification is delivered twice.</summary>
    [JsonStringEnumMemberName("duplicate")]
    Duplicate,

    /// <summary>A notification's delivery is held back, so that later ones overtake it.</summary>
    [JsonStringEnumMemberName("reorder")]
    Reorder,
}
