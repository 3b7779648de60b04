using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.WhatsApp;

namespace WhatsAppBuffer.ConnectEventHandler.Replies;

/// <summary>Replies in the table of conversations; layout: <see cref="ConversationItems"/>.</summary>
internal sealed class DynamoDbReplies(ConversationTable table) : IReplies
{
    private const string MessageId = "messageId";
    private const string Body = "body";
    private const string AttachmentId = "attachmentId";
    private const string FileName = "fileName";
    private const string ContentType = "contentType";
    private const string MediaId = "mediaId";
    private const string Done = "done";
    private const string UnderWay = "underWay";
    private const string Note = "note";
    private const string InstanceId = "instanceId";
    private const string Words = "words";
    private const string LastPart = "lastPart";
    private const string Told = "told";
    private const string TypedAt = "typedAt";
    private const string LeaseOwner = "leaseOwner";
    private const string LeaseUntil = "leaseUntil";
    private const string NewestSent = "newestSent";
    private const int PageSize = 10;

    /// <summary>Longer than SNS, the queue and its dead letters can bring a message again.</summary>
    private static readonly TimeSpan ReceiptLifetime = TimeSpan.FromDays(22);

    /// <summary>WhatsApp tries for a week to tell what it has to tell.</summary>
    private static readonly TimeSpan AnswerLifetime = TimeSpan.FromDays(8);
    private static readonly TimeSpan LeaseLifetime = TimeSpan.FromDays(10);

    private static readonly Dictionary<string, string> WaitingNames = new()
    {
        ["#c"] = ConversationItems.PartitionKey,
        ["#i"] = ConversationItems.SortKey,
        ["#attachment"] = AttachmentId,
        ["#media"] = MediaId,
    };

    public async Task<string?> OwnerOfAsync(string contactId, CancellationToken cancellationToken) =>
        (await table.FindAsync(ConversationItems.OfContact(contactId), ConversationItems.ContactOwner, cancellationToken, ConversationItems.Owner))?.GetValueOrDefault(ConversationItems.Owner)?.S;

    public async Task<Address?> AddressOfAsync(string conversation, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue>? chat = await table.FindAsync(
            conversation, ConversationItems.Chat, cancellationToken, ConversationItems.Recipient, ConversationItems.SystemNumber, ConversationItems.CustomerWroteAt, ConversationItems.LastMessageId);
        return chat?.GetValueOrDefault(ConversationItems.Recipient)?.S is { Length: > 0 } recipient && chat.GetValueOrDefault(ConversationItems.SystemNumber)?.S is { Length: > 0 } number
            ? new Address(new Recipient(recipient, ConversationKey.IsOfGroup(ConversationKey.Parse(conversation).Customer)), number, WroteAt(chat), chat.GetValueOrDefault(ConversationItems.LastMessageId)?.S)
            : null;
    }

    /// <summary>An older version noted nothing. A time that is none (WhatsApp's timestamps are believed) is as if nothing was noted.</summary>
    private static DateTimeOffset? WroteAt(Dictionary<string, AttributeValue> chat) =>
        chat.TryGetValue(ConversationItems.CustomerWroteAt, out AttributeValue? wrote) && long.TryParse(wrote.N, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && seconds is > 0 and <= 9_999_999_999 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public async Task<string?> NameOfAsync(string conversation, CancellationToken cancellationToken) =>
        (await table.FindAsync(conversation, ConversationItems.Chat, cancellationToken, ConversationItems.Name))?.GetValueOrDefault(ConversationItems.Name)?.S;

    public async Task<Credentials?> CredentialsOfAsync(string conversation, CancellationToken cancellationToken) =>
        await table.FindAsync(conversation, ConversationItems.Chat, cancellationToken, ConversationItems.ConnectionToken, ConversationItems.ParticipantToken) is { } chat
        && chat.GetValueOrDefault(ConversationItems.ConnectionToken)?.S is { Length: > 0 } connectionToken
            ? new Credentials(connectionToken, chat.GetValueOrDefault(ConversationItems.ParticipantToken)?.S)
            : null;

    public Task<bool> TryTypeAsync(string conversation, DateTimeOffset now, TimeSpan pause, CancellationToken cancellationToken) => TryUpdateAsync(
        conversation,
        ConversationItems.Replies,
        "SET #typed = :now, #expires = :expires",
        "attribute_not_exists(#typed) OR #typed <= :before",
        new() { ["#typed"] = TypedAt, ["#expires"] = ConversationItems.ExpiresAt },
        new()
        {
            [":now"] = ConversationTable.Number(now.ToUnixTimeMilliseconds()),
            [":before"] = ConversationTable.Number((now - pause).ToUnixTimeMilliseconds()),
            [":expires"] = table.ExpiresIn(LeaseLifetime),
        },
        cancellationToken);

    public async Task<Answer?> AnswerOfAsync(string messageId, CancellationToken cancellationToken) =>
        await table.FindAsync(ConversationItems.OfSent(messageId), ConversationItems.Answer, cancellationToken) is { } row
            ? new Answer(
                row[ConversationItems.Owner].S,
                row.GetValueOrDefault(InstanceId)?.S,
                row.GetValueOrDefault(ConversationItems.ContactId)?.S,
                row[Words].S,
                int.Parse(row[LastPart].N, CultureInfo.InvariantCulture),
                row.ContainsKey(Told))
            : null;

    public Task NoteToldAsync(string messageId, CancellationToken cancellationToken) => TryUpdateAsync(
        ConversationItems.OfSent(messageId),
        ConversationItems.Answer,
        "SET #told = :true",
        "attribute_exists(#item)",
        new() { ["#told"] = Told, ["#item"] = ConversationItems.SortKey },
        new() { [":true"] = new AttributeValue { BOOL = true } },
        cancellationToken);

    public async Task AdmitAsync(Reply reply, Answer answer, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> item = ConversationTable.Key(reply.Conversation, reply.SortKey);
        item[MessageId] = new AttributeValue(reply.MessageId);
        item[Body] = new AttributeValue(reply.Text);
        if (reply.File is { } file)
        {
            item[AttachmentId] = new AttributeValue(file.AttachmentId);
            item[FileName] = new AttributeValue(file.Name);
            item[ContentType] = new AttributeValue(file.ContentType);
        }

        // It outlives the reply, so that a copy of the event does not send it again.
        Dictionary<string, AttributeValue> receipt = ConversationTable.Key(reply.Conversation, ConversationItems.ReceiptPrefix + reply.SortKey);
        receipt[ConversationItems.ExpiresAt] = table.ExpiresIn(ReceiptLifetime);
        try
        {
            await table.WriteAsync([table.PutIfAbsent(receipt), table.PutIfAbsent(item), table.PutIfAbsent(Row(reply.MessageId, answer))], cancellationToken);
        }
        catch (TransactionCanceledException canceled) when (ConversationTable.HasFailedCondition(canceled))
        {
            // It was admitted before.
        }
    }

    public async Task<Reply?> FindAsync(Reply reply, CancellationToken cancellationToken) =>
        await table.FindAsync(reply.Conversation, reply.SortKey, cancellationToken) is { } item ? Read(reply.Conversation, item) : null;

    public async Task<IReadOnlyList<Reply>> WaitingAsync(string conversation, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = table.Name,
            ConsistentRead = true,
            KeyConditionExpression = "#c = :c AND begins_with(#i, :prefix)",
            FilterExpression = "attribute_not_exists(#attachment) OR attribute_exists(#media)",
            ExpressionAttributeNames = WaitingNames,
            ExpressionAttributeValues = new() { [":c"] = new(conversation), [":prefix"] = new(ConversationItems.ReplyPrefix) },
            Limit = PageSize,
        };
        // A page may be full of files that WhatsApp does not have yet: what was written after them does not wait for them.
        while (true)
        {
            QueryResponse page = await table.Client.QueryAsync(request, cancellationToken);
            if (page.Items is { Count: > 0 } || page.LastEvaluatedKey is not { Count: > 0 })
            {
                return [.. (page.Items ?? []).Select(item => Read(conversation, item))];
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
    }

    /// <summary>
    /// An update alone would bring half an item back. A lease alone is not enough: a request may stand still for longer than it, and would be the second to find the part not begun.
    /// </summary>
    public async Task<Reply?> TryNoteAsync(Reply reply, int done, bool isUnderWay, CancellationToken cancellationToken)
    {
        var progress = new ReplyProgress(done, isUnderWay, Guid.NewGuid().ToString("N"));
        // Its own note means that the answer was lost and the client asked again.
        string isAsItWas = reply.Progress.Note.Length == 0 ? "attribute_not_exists(#note)" : "#note = :before";
        Dictionary<string, AttributeValue> values = new()
        {
            [":done"] = ConversationTable.Number(progress.Done),
            [":underWay"] = new AttributeValue { BOOL = progress.IsUnderWay },
            [":note"] = new AttributeValue(progress.Note),
        };
        if (reply.Progress.Note.Length > 0)
        {
            values[":before"] = new AttributeValue(reply.Progress.Note);
        }

        return await TryUpdateAsync(
            reply.Conversation,
            reply.SortKey,
            "SET #done = :done, #underWay = :underWay, #note = :note",
            $"attribute_exists(#item) AND ({isAsItWas} OR #note = :note)",
            new() { ["#done"] = Done, ["#underWay"] = UnderWay, ["#note"] = Note, ["#item"] = ConversationItems.SortKey },
            values,
            cancellationToken)
            ? reply with { Progress = progress }
            : null;
    }

    /// <summary>Whoever uploaded it first: WhatsApp has it under both ids.</summary>
    public Task NoteMediaAsync(Reply reply, string mediaId, CancellationToken cancellationToken) => TryUpdateAsync(
        reply.Conversation,
        reply.SortKey,
        "SET #media = :media",
        "attribute_exists(#item) AND attribute_not_exists(#media)",
        new() { ["#media"] = MediaId, ["#item"] = ConversationItems.SortKey },
        new() { [":media"] = new(mediaId) },
        cancellationToken);

    public async Task<bool> IsSentAsync(string messageId, int part, CancellationToken cancellationToken) =>
        await table.FindAsync(ConversationItems.OfSent(messageId), ConversationItems.SentPart(part), cancellationToken, ConversationItems.ExpiresAt) is not null;

    public Task RemoveAsync(Reply reply, CancellationToken cancellationToken) =>
        table.Client.DeleteItemAsync(new DeleteItemRequest { TableName = table.Name, Key = ConversationTable.Key(reply.Conversation, reply.SortKey) }, cancellationToken);

    public async Task<string?> TryTakeAsync(string conversation, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest
        {
            Key = ConversationTable.Key(conversation, ConversationItems.Replies),
            UpdateExpression = "SET #owner = :owner, #until = :until, #expires = :expires",
            ConditionExpression = "attribute_not_exists(#owner) OR #owner = :owner OR #until < :now",
            ExpressionAttributeNames = new() { ["#owner"] = LeaseOwner, ["#until"] = LeaseUntil, ["#expires"] = ConversationItems.ExpiresAt },
            ExpressionAttributeValues = new()
            {
                [":owner"] = new(owner),
                [":until"] = ConversationTable.Number(until.ToUnixTimeMilliseconds()),
                [":now"] = ConversationTable.Number(now.ToUnixTimeMilliseconds()),
                [":expires"] = table.ExpiresIn(LeaseLifetime),
            },
            ReturnValues = ReturnValue.ALL_NEW,
        };
        return await table.TryUpdateAsync(request, cancellationToken) is { } taken ? taken.Attributes?.GetValueOrDefault(NewestSent)?.S ?? "" : null;
    }

    public Task ReleaseAsync(string conversation, string owner, string newestSent, CancellationToken cancellationToken) => TryUpdateAsync(
        conversation,
        ConversationItems.Replies,
        newestSent.Length > 0 ? "SET #newest = :newest REMOVE #owner, #until" : "REMOVE #owner, #until",
        "#owner = :owner",
        newestSent.Length > 0 ? new() { ["#owner"] = LeaseOwner, ["#until"] = LeaseUntil, ["#newest"] = NewestSent } : new() { ["#owner"] = LeaseOwner, ["#until"] = LeaseUntil },
        newestSent.Length > 0 ? new() { [":owner"] = new(owner), [":newest"] = new(newestSent) } : new() { [":owner"] = new(owner) },
        cancellationToken);

    public Task EndChatAsync(string conversation, string contactId, CancellationToken cancellationToken) => TryUpdateAsync(
        conversation,
        ConversationItems.Chat,
        "REMOVE #contact, #participant, #connection",
        "#contact = :contact",
        new() { ["#contact"] = ConversationItems.ContactId, ["#participant"] = ConversationItems.ParticipantToken, ["#connection"] = ConversationItems.ConnectionToken },
        new() { [":contact"] = new(contactId) },
        cancellationToken);

    private static Reply Read(string conversation, Dictionary<string, AttributeValue> item) => new(
        conversation,
        item[ConversationItems.SortKey].S,
        item[MessageId].S,
        item[Body].S,
        new ReplyProgress(
            item.TryGetValue(Done, out AttributeValue? done) ? int.Parse(done.N, CultureInfo.InvariantCulture) : 0,
            item.TryGetValue(UnderWay, out AttributeValue? underWay) && underWay.BOOL == true,
            item.GetValueOrDefault(Note)?.S ?? ""))
    {
        File = item.TryGetValue(AttachmentId, out AttributeValue? attachment)
            ? new ReplyFile(attachment.S, item[FileName].S, item[ContentType].S, item.GetValueOrDefault(MediaId)?.S)
            : null,
    };

    private Dictionary<string, AttributeValue> Row(string messageId, Answer answer)
    {
        Dictionary<string, AttributeValue> row = ConversationTable.Key(ConversationItems.OfSent(messageId), ConversationItems.Answer);
        row[ConversationItems.Owner] = new AttributeValue(answer.Conversation);
        row[Words] = new AttributeValue(answer.Words);
        row[LastPart] = ConversationTable.Number(answer.LastPart);
        row[ConversationItems.ExpiresAt] = table.ExpiresIn(AnswerLifetime);
        if (answer.InstanceId is { } instance)
        {
            row[InstanceId] = new AttributeValue(instance);
        }

        if (answer.ContactId is { } contact)
        {
            row[ConversationItems.ContactId] = new AttributeValue(contact);
        }

        return row;
    }

    private async Task<bool> TryUpdateAsync(
        string conversation, string item, string update, string condition, Dictionary<string, string> names, Dictionary<string, AttributeValue> values, CancellationToken cancellationToken) =>
        await table.TryUpdateAsync(
            new UpdateItemRequest
            {
                Key = ConversationTable.Key(conversation, item),
                UpdateExpression = update,
                ConditionExpression = condition,
                ExpressionAttributeNames = names,
                ExpressionAttributeValues = values,
            },
            cancellationToken) is not null;
}
