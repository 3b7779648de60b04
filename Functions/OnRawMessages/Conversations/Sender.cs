using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.OnRawMessages.Conversations;

/// <summary>Who wrote a message, and where, as far as the message says.</summary>
/// <param name="PhoneNumberId">Meta's id of the business number.</param>
/// <param name="Ids">
/// Everything that names the person, all of it the same one: business-scoped user ids and phone numbers. The first is the one that a person without a
/// conversation is known by.
/// </param>
/// <param name="Group">WhatsApp's id of the group that it was written to; null when it was written in private.</param>
internal sealed record Sender(string PhoneNumberId, IReadOnlyList<string> Ids, string? Group)
{
    private static readonly string[] NumberChanges = ["user_changed_number", "customer_changed_number"];

    /// <summary>The same for two that name the same in the same way.</summary>
    public string Key => string.Join('\n', [PhoneNumberId, Group ?? "", .. Ids]);

    /// <summary>Whose conversation it is while nothing else is known; null when the message names nobody.</summary>
    public string? Customer => Group is not null ? ConversationKey.OfGroup(Group) : Ids.Count > 0 ? Ids[0] : null;

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="contact">The one that belongs to it, if any.</param>
    /// <param name="phoneNumberId">Meta's id of the business number.</param>
    public static Sender Of(JsonElement message, JsonElement? contact, string phoneNumberId)
    {
        List<string?> ids = [message.Text("from_user_id"), message.Text("from"), .. OfContact(message, contact), .. OfChange(message.Member("system") ?? default)];
        return new Sender(
            phoneNumberId,
            [.. ids.OfType<string>().Where(id => id.Length > 0 && !ConversationKey.IsOfGroup(id)).Distinct()],
            message.Text("group_id") is { Length: > 0 } group ? group : null);
    }

    /// <summary>A contact that shares no id with the message may be somebody else, and must not be taken for the same person.</summary>
    private static string?[] OfContact(JsonElement message, JsonElement? contact) =>
        contact is { } present && IsSame(message.Text("from_user_id"), present.Text("user_id")) | IsSame(message.Text("from"), present.Text("wa_id"))
            ? [present.Text("user_id"), present.Text("wa_id")]
            : [];

    /// <summary>
    /// Somebody who has another number or another user id: the former ones are the message's own, or are named here; where they are not, it says nothing
    /// of who it was. Source: Meta, webhooks reference, "System messages" (11 August 2026).
    /// </summary>
    private static string?[] OfChange(JsonElement system) => system.Text("type") switch
    {
        "user_changed_user_id" => [system.Text("previous_user_id"), system.Text("user_id")],
        { } type when NumberChanges.Contains(type) => [system.Text("previous_user_id"), system.Text("wa_id") ?? system.Text("new_wa_id"), system.Text("user_id")],
        _ => [],
    };

    private static bool IsSame(string? one, string? other) => !string.IsNullOrEmpty(one) && one == other;
}
