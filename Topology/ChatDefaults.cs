namespace WhatsAppBuffer.Topology;

/// <summary>What a deployment may choose about chats, beside the SSM parameter.</summary>
public sealed record ChatDefaults
{
    /// <summary>The fewest characters of a chat message that can be set.</summary>
    public const int FewestCharacters = 16;

    /// <summary>The most characters of a chat message that can be set: what Connect takes between people, in bytes.</summary>
    public const int MostCharacters = 16_384;

    /// <summary>Longer texts are split. 1,024 is safe everywhere: a Lex bot takes no more.</summary>
    public int MaxMessageCharacters { get; init; } = 1024;

    /// <summary>
    /// Whether customers get read receipts and the reactions 👀 and ✅, or nothing, where the SSM parameter's <c>courtesies</c> does not say; null = read
    /// receipts alone.
    /// </summary>
    public bool? SendCourtesies { get; init; }
}
