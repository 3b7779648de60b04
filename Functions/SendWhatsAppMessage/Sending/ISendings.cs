using WhatsAppBuffer.SendWhatsAppMessage.Templates;

namespace WhatsAppBuffer.SendWhatsAppMessage.Sending;

/// <summary>What became of sendings; every read is strongly consistent.</summary>
internal interface ISendings
{
    /// <summary>Notes that a template is about to be sent, and that its recipient was sent it: both or neither.</summary>
    /// <returns>Null when it was noted; else what is known of the same sending.</returns>
    Task<KnownSending?> TryBeginAsync(TemplateMessage message, string attempt, CancellationToken cancellationToken);

    /// <summary>What is known of a sending; null when nothing is, or it was taken back.</summary>
    Task<KnownSending?> FindAsync(string sendingId, CancellationToken cancellationToken);

    /// <summary>Whether a status of WhatsApp has named it.</summary>
    Task<bool> IsSentAsync(string sendingId, CancellationToken cancellationToken);

    /// <summary>Notes that it was sent.</summary>
    Task SentAsync(string sendingId, string attempt, string messageId, CancellationToken cancellationToken);

    /// <summary>Notes that it will never be sent; its recipient was not sent it.</summary>
    Task RefusedAsync(TemplateMessage message, string attempt, string reason, CancellationToken cancellationToken);

    /// <summary>Forgets it: it was not sent, and may be later.</summary>
    Task TakeBackAsync(TemplateMessage message, string attempt, CancellationToken cancellationToken);
}

/// <summary>What is known of a sending.</summary>
/// <param name="BegunAt">When it was begun.</param>
/// <param name="MessageId">End User Messaging's id; null while it is not known to be sent.</param>
/// <param name="Refusal">Why it will never be sent; null while that is not known.</param>
internal sealed record KnownSending(DateTimeOffset BegunAt, string? MessageId, string? Refusal);
