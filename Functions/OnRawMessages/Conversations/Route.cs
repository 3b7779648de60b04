namespace WhatsAppBuffer.OnRawMessages.Conversations;

/// <summary>Where a message belongs.</summary>
/// <param name="Customer">The conversation's customer: the raw table's partition that the message is stored in.</param>
/// <param name="Formerly">
/// Customers of conversations that turned out to be the same person's: a copy of the message may be stored in their partitions, and must not be stored
/// twice.
/// </param>
internal sealed record Route(string Customer, IReadOnlyCollection<string> Formerly);
