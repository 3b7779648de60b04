using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler.Chats;

/// <summary>Chat rows in the table of conversations. Names as in the guide's connections table, with the lease beside them.</summary>
internal sealed class DynamoDbChats(ConversationTable table) : IChats
{
    private const string LeaseOwner = "leaseOwner";
    private const string LeaseUntil = "leaseUntil";
    private const string IsOwner = "#owner = :owner";
    private const string Release = "REMOVE #owner, #until";
    private const string Number = "chatNumber";
    private const string NewestMessage = ConversationItems.NewestMessage;
    private const string CustomerWroteAt = ConversationItems.CustomerWroteAt;
    private const string ContactId = ConversationItems.ContactId;
    private const string ParticipantToken = ConversationItems.ParticipantToken;
    private const string ConnectionToken = ConversationItems.ConnectionToken;
    private const string LastMessageId = ConversationItems.LastMessageId;
    private const string CustomerId = "customerId";
    private const string Channel = "channel";
    private const string Name = ConversationItems.Name;
    private const string SystemNumber = ConversationItems.SystemNumber;
    private const string Recipient = ConversationItems.Recipient;

    private static readonly Dictionary<string, string> LeaseNames = new() { ["#owner"] = LeaseOwner, ["#until"] = LeaseUntil };

    /// <summary>After the last use: the longest chat (7 days), and some days in which a person may look at it.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7 + 3);

    public async Task<ChatState?> TryTakeAsync(
        string conversation, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        UpdateItemRequest request = Update(
            conversation,
            "SET #owner = :owner, #until = :until, #expires = :expires",
            "attribute_not_exists(#owner) OR #owner = :owner OR #until < :now");
        request.ExpressionAttributeNames = new() { ["#owner"] = LeaseOwner, ["#until"] = LeaseUntil, ["#expires"] = ConversationItems.ExpiresAt };
        request.ExpressionAttributeValues = new()
        {
            [":owner"] = new(owner),
            [":until"] = ConversationTable.Number(until.ToUnixTimeMilliseconds()),
            [":now"] = ConversationTable.Number(now.ToUnixTimeMilliseconds()),
            [":expires"] = ConversationTable.Number((now + Lifetime).ToUnixTimeSeconds()),
        };
        request.ReturnValues = ReturnValue.ALL_NEW;
        return await table.TryUpdateAsync(request, cancellationToken) is { } response ? Read(response.Attributes) : null;
    }

    public async Task<bool> TryAnnounceAsync(string conversation, string owner, string contactId, ChatCustomer customer, CancellationToken cancellationToken)
    {
        UpdateItemRequest address = Update(conversation, $"SET {Recipient} = :recipient, {SystemNumber} = :number", IsOwner);
        address.ExpressionAttributeNames = new() { ["#owner"] = LeaseOwner };
        address.ExpressionAttributeValues = new() { [":owner"] = new(owner), [":recipient"] = new(customer.Recipient), [":number"] = new(customer.SystemNumber) };
        if (await table.TryUpdateAsync(address, cancellationToken) is null)
        {
            return false;
        }

        Dictionary<string, AttributeValue> row = ConversationTable.Key(ConversationItems.OfContact(contactId), ConversationItems.ContactOwner);
        row[ConversationItems.Owner] = new AttributeValue(conversation);
        row[ConversationItems.ExpiresAt] = table.ExpiresIn(Lifetime);
        await table.Client.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = row }, cancellationToken);
        return true;
    }

    public async Task<bool> TrySaveAsync(string conversation, string owner, ChatState chat, CancellationToken cancellationToken)
    {
        Dictionary<string, string?> texts = new()
        {
            [ContactId] = chat.Connected?.ContactId,
            [ParticipantToken] = chat.Connected?.ParticipantToken,
            [ConnectionToken] = chat.Connected?.ConnectionToken,
            [CustomerId] = chat.Connected?.Customer.Id,
            [Channel] = chat.Connected is null ? null : "Whatsapp",
            [Name] = chat.Connected?.Customer.Name,
            [SystemNumber] = chat.Connected?.Customer.SystemNumber,
            [Recipient] = chat.Connected?.Customer.Recipient,
        };
        if (chat.LastMessageId is { } last)
        {
            texts[LastMessageId] = last;
        }

        if (chat.Connected is null)
        {
            // Where answers go stays known: what was written in a chat that proved dead may still be on its way.
            texts.Remove(SystemNumber);
            texts.Remove(Recipient);
        }

        string remove = string.Join(", ", texts.Where(text => text.Value is null).Select(text => $"#{text.Key}"));
        string set = string.Join(", ", [$"#{Number} = :{Number}", $"#{NewestMessage} = :{NewestMessage}", $"#{CustomerWroteAt} = :{CustomerWroteAt}", .. texts.Where(text => text.Value is not null).Select(text => $"#{text.Key} = :{text.Key}")]);
        UpdateItemRequest request = Update(conversation, remove.Length > 0 ? $"SET {set} REMOVE {remove}" : $"SET {set}", IsOwner);
        request.ExpressionAttributeNames = texts.Keys.Append(Number).Append(NewestMessage).Append(CustomerWroteAt).ToDictionary(name => $"#{name}");
        request.ExpressionAttributeNames["#owner"] = LeaseOwner;
        request.ExpressionAttributeValues = texts.Where(text => text.Value is not null).ToDictionary(text => $":{text.Key}", text => new AttributeValue(text.Value));
        request.ExpressionAttributeValues[$":{Number}"] = ConversationTable.Number(chat.Number);
        request.ExpressionAttributeValues[$":{NewestMessage}"] = ConversationTable.Number(chat.NewestMessage);
        request.ExpressionAttributeValues[$":{CustomerWroteAt}"] = ConversationTable.Number(chat.CustomerWroteAt);
        request.ExpressionAttributeValues[":owner"] = new(owner);
        return await table.TryUpdateAsync(request, cancellationToken) is not null;
    }

    public async Task<bool> TryReleaseAsync(string conversation, string owner, OutboxItem delivered, ChatState chat, CancellationToken cancellationToken)
    {
        var release = new Update
        {
            TableName = table.Name,
            Key = ConversationTable.Key(conversation, ConversationItems.Chat),
            UpdateExpression = $"SET {NewestMessage} = :newest, {CustomerWroteAt} = :wrote{(chat.LastMessageId is null ? "" : $", {LastMessageId} = :last")} {Release}",
            ConditionExpression = IsOwner,
            ExpressionAttributeNames = LeaseNames,
            ExpressionAttributeValues = new() { [":owner"] = new(owner), [":newest"] = ConversationTable.Number(chat.NewestMessage), [":wrote"] = ConversationTable.Number(chat.CustomerWroteAt) },
        };
        if (chat.LastMessageId is { } last)
        {
            release.ExpressionAttributeValues[":last"] = new(last);
        }

        var remove = new Delete { TableName = table.Name, Key = ConversationTable.Key(conversation, delivered.SortKey) };
        try
        {
            await table.TryWriteAsync([new() { Update = release }, new() { Delete = remove }], cancellationToken);
            return true;
        }
        catch (TransactionCanceledException refused) when (ConversationTable.IsBecauseOfOthers(refused))
        {
            return false;
        }
    }

    public Task ReleaseAsync(string conversation, string owner, CancellationToken cancellationToken)
    {
        UpdateItemRequest request = Update(conversation, Release, IsOwner);
        request.ExpressionAttributeNames = LeaseNames;
        request.ExpressionAttributeValues = new() { [":owner"] = new(owner) };
        return table.TryUpdateAsync(request, cancellationToken);
    }

    private static UpdateItemRequest Update(string conversation, string update, string condition) => new()
    {
        Key = ConversationTable.Key(conversation, ConversationItems.Chat),
        UpdateExpression = update,
        ConditionExpression = condition,
    };

    private static ChatState Read(Dictionary<string, AttributeValue> row)
    {
        int number = row.TryGetValue(Number, out AttributeValue? value) ? int.Parse(value.N) : 0;
        ConnectedChat? chat = row.ContainsKey(ContactId)
            ? new ConnectedChat(Text(ContactId), Text(ParticipantToken), Text(ConnectionToken), new ChatCustomer(Text(CustomerId), Text(Name), Text(SystemNumber), Text(Recipient)))
            : null;
        return new ChatState(number, chat, Seconds(NewestMessage), Seconds(CustomerWroteAt), row.GetValueOrDefault(LastMessageId)?.S);

        long Seconds(string name) => row.TryGetValue(name, out AttributeValue? seconds) ? long.Parse(seconds.N) : 0;

        string Text(string name) => row.GetValueOrDefault(name)?.S ?? "";
    }
}
