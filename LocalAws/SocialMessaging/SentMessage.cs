namespace LocalAws.SocialMessaging;

/// <summary>Something the business sent to a customer's WhatsApp.</summary>
/// <param name="MessageId">End User Messaging's id, which the sender gets.</param>
/// <param name="WhatsAppMessageId">WhatsApp's id (<c>wamid.…</c>), which the customer's phone knows it by.</param>
/// <param name="PhoneNumberId">The business number's id, without prefix.</param>
/// <param name="To">The customer's phone number or user id; null for a read receipt, which names a message only.</param>
/// <param name="Type"><c>text</c>, <c>reaction</c>, <c>image</c>, …; <c>read</c> for a read receipt.</param>
/// <param name="About">The customer's message that is read, reacted or replied to; else null.</param>
/// <param name="Text">The text of a text, the emoji of a reaction (empty when it is taken back), the caption of a medium; else null.</param>
/// <param name="Json">The whole message in Meta's form.</param>
/// <param name="SentAt">When it was sent.</param>
public sealed record SentMessage(
    string MessageId,
    string WhatsAppMessageId,
    string PhoneNumberId,
    string? To,
    string Type,
    string? About,
    string? Text,
    string Json,
    DateTimeOffset SentAt)
{
    /// <summary>What the sender wants WhatsApp's statuses of this message to bring back (<c>biz_opaque_callback_data</c>); else null.</summary>
    public string? CallbackData { get; init; }

    /// <summary>Whether it was sent to that customer; never so for a read receipt.</summary>
    /// <param name="customer">Phone number (with or without plus sign) or user id.</param>
    public bool IsTo(string customer) => To?.TrimStart('+') == customer.TrimStart('+');
}
