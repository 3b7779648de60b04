namespace WhatsAppBuffer.Contracts.Conversations;

/// <summary>
/// One person, or one group, talking to one business number: the unit that is buffered, ordered and shown to an agent as one chat.
/// </summary>
/// <param name="Customer">
/// The id that the person was first known by, a business-scoped user id or a phone number; of a group <see cref="OfGroup"/>.
/// </param>
/// <param name="PhoneNumberId">Meta's id of the business number (<c>metadata.phone_number_id</c>).</param>
public sealed record ConversationKey(string Customer, string PhoneNumberId)
{
    private const string GroupPrefix = "group:";

    /// <summary>The customer of a group's conversation: no id of a person looks like it.</summary>
    /// <param name="groupId">WhatsApp's <c>group_id</c>.</param>
    public static string OfGroup(string groupId) => GroupPrefix + groupId;

    /// <summary>Whether a conversation's customer is a group.</summary>
    /// <param name="customer"><see cref="Customer"/>.</param>
    public static bool IsOfGroup(string customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return customer.StartsWith(GroupPrefix, StringComparison.Ordinal);
    }

    /// <summary>
    /// The key as one string, <c>{phone number id}#{customer}</c>. <c>%</c> and <c>#</c> in the phone number id are percent-encoded, so two
    /// different keys never share a string.
    /// </summary>
    public override string ToString() =>
        $"{PhoneNumberId.Replace("%", "%25", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal)}#{Customer}";

    /// <summary>The key of a string.</summary>
    /// <param name="text">What <see cref="ToString"/> gave.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ConversationKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int end = text.IndexOf('#', StringComparison.Ordinal);
        return end < 0
            ? throw new FormatException("The key of a conversation has no '#' between the business number's id and the customer.")
            : new ConversationKey(text[(end + 1)..], text[..end].Replace("%23", "#", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal));
    }
}
