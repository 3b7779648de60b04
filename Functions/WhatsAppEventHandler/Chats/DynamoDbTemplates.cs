using System.Globalization;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.WhatsAppEventHandler.Chats;

/// <summary>Templates in the table of conversations; layout: <see cref="ConversationItems"/>.</summary>
internal sealed class DynamoDbTemplates(ConversationTable table) : ITemplates
{
    /// <summary>So many that were not answered are forgotten at once; of more the oldest may count for the next chat.</summary>
    private const int MostNotes = 25;

    public async Task<SentTemplate?> FindAsync(string systemNumber, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        List<Dictionary<string, AttributeValue>>[] found = await Task.WhenAll(ids.Select(id => NotesAsync(ConversationItems.OfTemplateTo(systemNumber, id), cancellationToken)));
        List<Dictionary<string, AttributeValue>> notes = [.. found.SelectMany(notes => notes)];
        return notes.MaxBy(note => note[ConversationItems.SortKey].S, StringComparer.Ordinal) is { } newest
            ? new SentTemplate(newest[ConversationItems.TemplateName].S, newest.GetValueOrDefault(ConversationItems.TemplateReference)?.S)
            {
                Notes = [.. notes.Select(note => (note[ConversationItems.PartitionKey].S, note[ConversationItems.SortKey].S))],
            }
            : null;
    }

    public Task ForgetAsync(SentTemplate template, CancellationToken cancellationToken) => Task.WhenAll(template.Notes.Select(note => table.Client.DeleteItemAsync(
        new DeleteItemRequest { TableName = table.Name, Key = ConversationTable.Key(note.Partition, note.Item) }, cancellationToken)));

    private async Task<List<Dictionary<string, AttributeValue>>> NotesAsync(string partition, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = table.Name,
            ConsistentRead = true,
            ScanIndexForward = false,
            Limit = MostNotes,
            KeyConditionExpression = "#c = :c AND begins_with(#i, :prefix)",
            ExpressionAttributeNames = new() { ["#c"] = ConversationItems.PartitionKey, ["#i"] = ConversationItems.SortKey },
            ExpressionAttributeValues = new() { [":c"] = new(partition), [":prefix"] = new(ConversationItems.SentTemplatePrefix) },
        };
        // TTL may take days to delete what is over.
        return [.. ((await table.Client.QueryAsync(request, cancellationToken)).Items ?? []).Where(note => long.Parse(note[ConversationItems.ExpiresAt].N, CultureInfo.InvariantCulture) > table.Now.ToUnixTimeSeconds())];
    }
}
