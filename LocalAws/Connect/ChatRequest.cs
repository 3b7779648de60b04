namespace LocalAws.Connect;

/// <summary>What StartChatContact asks for.</summary>
/// <param name="InstanceId">The instance, 1 to 100 characters.</param>
/// <param name="ContactFlowId">The flow, at most 500 characters.</param>
/// <param name="DisplayName">The customer's name, 1 to 256 characters.</param>
public sealed record ChatRequest(string InstanceId, string ContactFlowId, string DisplayName)
{
    /// <summary>Contact attributes: at most 32,768 bytes of UTF-8 in all; keys of letters, digits, dashes and underscores.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>The customer's first message, or null.</summary>
    public InitialMessage? InitialMessage { get; init; }

    /// <summary>Makes a repeated start answer the first one's chat; at most 500 characters, or null.</summary>
    public string? ClientToken { get; init; }

    /// <summary>60 to 10,080, or null for the default.</summary>
    public int? ChatDurationInMinutes { get; init; }

    /// <summary>The content types a customer may send; must hold text/plain. Null for text/plain alone.</summary>
    public IReadOnlyList<string>? SupportedMessagingContentTypes { get; init; }
}

/// <summary>The first message of a chat.</summary>
/// <param name="ContentType">1 to 100 characters.</param>
/// <param name="Content">Not empty.</param>
public sealed record InitialMessage(string ContentType, string Content);
