using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.OnRawMessages.Conversations;

/// <summary>An alias row.</summary>
/// <param name="Customer"><see cref="ConversationItems.Customer"/>.</param>
/// <param name="Formerly"><see cref="ConversationItems.Formerly"/>.</param>
internal sealed record Alias(string Customer, IReadOnlyCollection<string> Formerly);

/// <summary>The conversations' table as <c>on_raw_messages</c> uses it. Reads are strongly consistent.</summary>
/// <param name="table">The table.</param>
/// <param name="phoneNumberId">Of the business number whose conversations are meant.</param>
internal sealed class AliasTable(ConversationTable table, string phoneNumberId)
{
    private const string IsRoot = $"attribute_not_exists({ConversationItems.Customer}) OR {ConversationItems.Customer} = :own";

    /// <summary>An id that nobody writes from for so long may be somebody else's next time.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    /// <summary>Where an id leads; null when it has no row. A row that is read in the second half of its life begins a new one.</summary>
    public async Task<Alias?> GetAsync(string id, CancellationToken cancellationToken)
    {
        if (await table.FindAsync(Conversation(id), ConversationItems.Alias, cancellationToken) is not { } row)
        {
            return null;
        }

        if (DateTimeOffset.FromUnixTimeSeconds(long.Parse(row[ConversationItems.ExpiresAt].N)) - table.Now < Lifetime / 2)
        {
            await table.Client.UpdateItemAsync(Renewal(id), cancellationToken);
        }

        return new Alias(row[ConversationItems.Customer].S, row.TryGetValue(ConversationItems.Formerly, out AttributeValue? formerly) ? formerly.SS : []);
    }

    /// <summary>Whether there is a conversation under an id's own key: an older version wrote no aliases.</summary>
    public async Task<bool> HasConversationAsync(string id, CancellationToken cancellationToken)
    {
        QueryResponse response = await table.Client.QueryAsync(
            new QueryRequest
            {
                TableName = table.Name,
                KeyConditionExpression = "#c = :c",
                ProjectionExpression = "#i",
                ExpressionAttributeNames = new() { ["#c"] = ConversationItems.PartitionKey, ["#i"] = ConversationItems.SortKey },
                ExpressionAttributeValues = new() { [":c"] = new(Conversation(id)) },
                ConsistentRead = true,
                Limit = 1,
            },
            cancellationToken);
        return response.Count > 0;
    }

    /// <summary>How much speaks for a conversation to go on when it turns out to be a person's second: a running chat, then the newest message.</summary>
    public async Task<(bool HasChat, long NewestMessage)> ChatOfAsync(string customer, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue>? chat = await table.FindAsync(Conversation(customer), ConversationItems.Chat, cancellationToken, ConversationItems.ContactId, ConversationItems.NewestMessage);
        return (chat?.ContainsKey(ConversationItems.ContactId) == true, chat?.GetValueOrDefault(ConversationItems.NewestMessage)?.N is { } newest ? long.Parse(newest) : 0);
    }

    /// <summary>An id that leads nowhere yet leads to a conversation.</summary>
    public TransactWriteItem Link(string id, string customer)
    {
        Dictionary<string, AttributeValue> row = KeyOf(id);
        row[ConversationItems.Customer] = new AttributeValue(customer);
        row[ConversationItems.ExpiresAt] = table.ExpiresIn(Lifetime);
        return new() { Put = new Put { TableName = table.Name, Item = row, ConditionExpression = $"attribute_not_exists({ConversationItems.PartitionKey})" } };
    }

    /// <summary>A conversation that leads to no other leads to one from now on.</summary>
    public TransactWriteItem Lead(string customer, string to) => new()
    {
        Update = Change(customer, $"SET {ConversationItems.Customer} = :to, {ConversationItems.ExpiresAt} = :expires", new() { [":to"] = new(to) }),
    };

    /// <summary>A conversation that leads to no other goes on for others.</summary>
    public TransactWriteItem GoOnFor(string customer, IReadOnlyCollection<string> formerly) => new()
    {
        Update = Change(
            customer,
            $"SET {ConversationItems.Customer} = :own, {ConversationItems.ExpiresAt} = :expires ADD {ConversationItems.Formerly} :formerly",
            new() { [":formerly"] = new AttributeValue { SS = [.. formerly] } }),
    };

    /// <exception cref="TransactionCanceledException">A condition did not hold: somebody else has linked one of the ids just now.</exception>
    public Task WriteAsync(List<TransactWriteItem> items, CancellationToken cancellationToken) => table.WriteAsync(items, cancellationToken);

    private Update Change(string customer, string update, Dictionary<string, AttributeValue> values)
    {
        values[":own"] = new(customer);
        values[":expires"] = table.ExpiresIn(Lifetime);
        return new() { TableName = table.Name, Key = KeyOf(customer), UpdateExpression = update, ConditionExpression = IsRoot, ExpressionAttributeValues = values };
    }

    private UpdateItemRequest Renewal(string id) => new()
    {
        TableName = table.Name,
        Key = KeyOf(id),
        UpdateExpression = $"SET {ConversationItems.ExpiresAt} = :expires",
        ExpressionAttributeValues = new() { [":expires"] = table.ExpiresIn(Lifetime) },
    };

    private Dictionary<string, AttributeValue> KeyOf(string id) => ConversationTable.Key(Conversation(id), ConversationItems.Alias);

    private string Conversation(string customer) => new ConversationKey(customer, phoneNumberId).ToString();
}
