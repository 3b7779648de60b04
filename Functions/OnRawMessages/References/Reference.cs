using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.OnRawMessages.Webhook;

namespace WhatsAppBuffer.OnRawMessages.References;

/// <summary>Which message of the customer's own a message may be about. Source: Meta, webhooks reference, messages of type text, reaction, edit, revoke.</summary>
internal static class Reference
{
    /// <returns>WhatsApp's id of it; null when there is none, or it is one of the business's.</returns>
    public static string? In(RawMessage message) =>
        IdOf(message, RawAttributes.MessageContext, "id") is { } quoted && !IsOfBusiness(message) ? quoted
        : IdOf(message, "reaction", "message_id") ?? IdOf(message, "edit", "original_message_id") ?? IdOf(message, "edit", "message_id")
            ?? IdOf(message, "revoke", "original_message_id") ?? IdOf(message, "revoke", "message_id");

    private static bool IsOfBusiness(RawMessage message) =>
        IdOf(message, RawAttributes.MessageContext, "from") is { } author
        && message.Item.TryGetValue(RawAttributes.Metadata, out JsonElement metadata)
        && author == metadata.Words("display_phone_number");

    private static string? IdOf(RawMessage message, string attribute, string name) =>
        message.Item.TryGetValue(attribute, out JsonElement value) && value.Text(name) is { Length: > 0 } id ? id : null;
}
