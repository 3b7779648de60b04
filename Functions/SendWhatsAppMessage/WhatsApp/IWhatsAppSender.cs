using WhatsAppBuffer.SendWhatsAppMessage.Templates;

namespace WhatsAppBuffer.SendWhatsAppMessage.WhatsApp;

/// <summary>AWS End User Messaging Social.</summary>
internal interface IWhatsAppSender
{
    /// <summary><c>SendWhatsAppMessage</c>, once.</summary>
    Task<SendResult> SendAsync(TemplateMessage message, CancellationToken cancellationToken);
}

/// <summary>What became of a request to End User Messaging.</summary>
internal abstract record SendResult
{
    /// <summary>It is on its way.</summary>
    public sealed record Sent(string MessageId) : SendResult;

    /// <summary>It was not done, and may be later.</summary>
    public sealed record HeldBack(string ErrorCode) : SendResult;

    /// <summary>It will never be done.</summary>
    public sealed record Refused(string ErrorCode, string Reason) : SendResult;

    /// <summary>Nobody knows.</summary>
    public sealed record Unknown : SendResult;
}
