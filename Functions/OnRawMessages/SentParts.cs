using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>
/// Notes for <c>connect_event_handler</c> which parts of answers WhatsApp has: one whose sending had no answer is not sent again then.
/// </summary>
/// <param name="table">The conversations' table.</param>
internal sealed class SentParts(ConversationTable table)
{
    /// <summary>Longer than it takes until an answer is sent again.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(8);

    /// <summary>Notes a part. Noted twice it is the same.</summary>
    /// <param name="messageId">Connect's id of the message.</param>
    /// <param name="part">Which of its parts.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task NoteAsync(string messageId, int part, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> row = ConversationTable.Key(ConversationItems.OfSent(messageId), ConversationItems.SentPart(part));
        row[ConversationItems.ExpiresAt] = table.ExpiresIn(Lifetime);
        return table.Client.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = row }, cancellationToken);
    }
}
