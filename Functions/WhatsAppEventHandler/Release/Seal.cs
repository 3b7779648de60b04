using System.Text.Json;
using System.Text.Json.Serialization;
using WhatsAppBuffer.Contracts.Joining;

namespace WhatsAppBuffer.WhatsAppEventHandler.Release;

/// <summary>
/// Which aggregates are delivered as one: noted on the first of them, once, before anything of them is sent. Whoever goes on delivers the same, whatever has come since and whatever settings say by
/// then. See docs/adr/0013-quiet.md.
/// </summary>
/// <param name="Items">Sort keys, in order; the first is the one that bears the seal.</param>
/// <param name="Reason">Why they were let go.</param>
/// <param name="At">When, in milliseconds since 1970.</param>
/// <param name="Separator">What stands between two joined texts.</param>
/// <param name="WithinSeconds">What is further apart is not joined.</param>
/// <param name="Edited">What stands behind a text that was edited before it was let go.</param>
internal sealed record Seal(IReadOnlyList<string> Items, ReleaseReason Reason, long At, string Separator, int WithinSeconds, string Edited)
{
    /// <summary>The rule of joining as it was then.</summary>
    [JsonIgnore]
    public JoiningSettings Joining => JoiningSettings.Default with { Separator = Separator, WithinSeconds = WithinSeconds };

    /// <summary>As it is stored.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json.Default.Seal);

    /// <exception cref="JsonException">It is none.</exception>
    public static Seal Parse(string json) => JsonSerializer.Deserialize(json, Json.Default.Seal) ?? throw new JsonException("The seal is null.");
}
