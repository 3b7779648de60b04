namespace WhatsAppBuffer.WhatsAppEventHandler.Courtesies;

/// <summary>What tells customers that they are heard. Whether WhatsApp or AWS bill any of it is said nowhere (docs/cost.md).</summary>
/// <param name="MarksRead">Whether the newest message is marked as read.</param>
/// <param name="Reacts">Whether it gets the reactions 👀 and then ✅, two messages to WhatsApp.</param>
internal sealed record CourtesyChoice(bool MarksRead, bool Reacts)
{
    /// <summary>Nothing.</summary>
    public static CourtesyChoice None { get; } = new(MarksRead: false, Reacts: false);

    /// <summary>The default: it cannot be a message that is billed, and a customer sees blue ticks.</summary>
    public static CourtesyChoice Read { get; } = new(MarksRead: true, Reacts: false);

    /// <summary>As in the guide.</summary>
    public static CourtesyChoice All { get; } = new(MarksRead: true, Reacts: true);

    /// <summary>What may be written; yes and no are from a time when there was nothing between them.</summary>
    public static IReadOnlyDictionary<string, CourtesyChoice> Words { get; } =
        new Dictionary<string, CourtesyChoice> { ["none"] = None, ["read"] = Read, ["all"] = All, ["yes"] = All, ["no"] = None };
}
