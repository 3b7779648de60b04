namespace WhatsAppBuffer.Contracts;

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
}

/// <summary>Which neighbours, in the customer's order, become one message of the agent's, and what stands between them.</summary>
public static class JoiningRule
{
    /// <summary>Between two joined texts.</summary>
    public const string Separator = "\n";

    private const MessageTraits Text = MessageTraits.TextType | MessageTraits.TextBody;

    /// <summary>Whether it is a text.</summary>
    /// <param name="message">The message's traits.</param>
    public static bool IsText(MessageTraits message) => (message & Text) == Text;

    /// <summary>
    /// Whether a message goes into the one before it: both are texts, and neither has a context of its own, which would then stand above words
    /// that it is not about.
    /// </summary>
    /// <param name="previous">The message before it.</param>
    /// <param name="next">The message.</param>
    public static bool Joins(MessageTraits previous, MessageTraits next) =>
        IsText(previous) && IsText(next) && ((previous | next) & MessageTraits.OwnContext) == 0;
}
