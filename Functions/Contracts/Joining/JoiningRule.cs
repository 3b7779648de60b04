namespace WhatsAppBuffer.Contracts.Joining;

/// <summary>What the rule of joining looks at in a message.</summary>
[Flags]
public enum MessageTraits
{
    /// <summary>Nothing of it.</summary>
    None = 0,

    /// <summary>Its <c>type</c> is <c>text</c>.</summary>
    TextType = 1,

    /// <summary>It has a <c>text.body</c>.</summary>
    TextBody = 2,

    /// <summary>It quotes a message, was forwarded, asks about a product, or came from an advertisement.</summary>
    OwnContext = 4,

    /// <summary>It is a file: a picture, a film, a recording, a document, a sticker.</summary>
    File = 8,

    /// <summary>It was written in a group.</summary>
    Group = 16,
}

/// <summary>A message as the rule of joining sees it.</summary>
/// <param name="traits">What it is.</param>
/// <param name="timestamp">WhatsApp's, in seconds; negative when it has none.</param>
/// <param name="writer">Who wrote it, in a group; empty elsewhere, where a conversation has one writer.</param>
public readonly ref struct JoiningMessage(MessageTraits traits, long timestamp, ReadOnlySpan<byte> writer)
{
    /// <summary>What it is.</summary>
    public MessageTraits Traits { get; } = traits;

    /// <summary>WhatsApp's, in seconds; negative when it has none.</summary>
    public long Timestamp { get; } = timestamp;

    /// <summary>Who wrote it, in a group.</summary>
    public ReadOnlySpan<byte> Writer { get; } = writer;
}

/// <summary>
/// Which neighbours, in the customer's order, become one message of the agent's: those that follow each other soon, by one writer, and neither has a
/// context of its own, which would then stand above what it is not about.
/// </summary>
public static class JoiningRule
{
    private const MessageTraits Text = MessageTraits.TextType | MessageTraits.TextBody;

    /// <summary>Whether it is a text.</summary>
    /// <param name="message">The message's traits.</param>
    public static bool IsText(MessageTraits message) => (message & Text) == Text;

    /// <summary>Whether a text goes into the text before it.</summary>
    /// <param name="previous">The message before it.</param>
    /// <param name="next">The message.</param>
    /// <param name="settings">How far apart they may be.</param>
    public static bool JoinsTexts(in JoiningMessage previous, in JoiningMessage next, JoiningSettings settings) =>
        IsText(previous.Traits) && IsText(next.Traits) && BelongTogether(previous, next, settings);

    /// <summary>Whether a file goes into the album of the file before it.</summary>
    /// <param name="previous">The message before it.</param>
    /// <param name="next">The message.</param>
    /// <param name="settings">How far apart they may be, and whether there are albums.</param>
    public static bool JoinsFiles(in JoiningMessage previous, in JoiningMessage next, JoiningSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.JoinsMedia && (previous.Traits & next.Traits & MessageTraits.File) != 0 && BelongTogether(previous, next, settings);
    }

    private static bool BelongTogether(in JoiningMessage previous, in JoiningMessage next, JoiningSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return ((previous.Traits | next.Traits) & MessageTraits.OwnContext) == 0
            && ((previous.Traits ^ next.Traits) & MessageTraits.Group) == 0
            && (previous.Timestamp < 0 || next.Timestamp < 0 || Math.Abs(next.Timestamp - previous.Timestamp) <= settings.WithinSeconds)
            && previous.Writer.SequenceEqual(next.Writer);
    }
}
