namespace WhatsAppBuffer.Contracts.DeadLetters;

/// <summary>Message attributes of the letters that functions write themselves.</summary>
public static class LetterAttributes
{
    /// <summary>What an AWS service, or reading the content, had against it. Never a customer's words.</summary>
    public const string Reason = "reason";

    /// <summary>AWS's error code, or a name of ours.</summary>
    public const string ErrorCode = "errorCode";

    /// <summary>Whose, when that is known: the conversation's key.</summary>
    public const string Conversation = "conversation";
}
