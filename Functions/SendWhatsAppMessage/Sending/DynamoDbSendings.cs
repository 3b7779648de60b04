using System.Globalization;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.SendWhatsAppMessage.Templates;

namespace WhatsAppBuffer.SendWhatsAppMessage.Sending;

/// <summary>Sendings in the table of conversations; layout: <see cref="ConversationItems"/>.</summary>
internal sealed class DynamoDbSendings(ConversationTable table) : ISendings
{
    private const string Attempt = ConversationItems.TemplateAttempt;
    private const string BegunAt = "begunAt";
    private const string MessageId = "messageId";
    private const string Refusal = "refusal";
    private const string IsOwn = "#a = :a";

    /// <summary>Longer than any flow may come back: a contact's flow lasts as long as its chat, seven days at the most.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(8);

    public async Task<KnownSending?> TryBeginAsync(TemplateMessage message, string attempt, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> sending = Row(message, ConversationTable.Key(ConversationItems.OfSending(message.SendingId), ConversationItems.Sending), attempt, Lifetime);
        sending[BegunAt] = ConversationTable.Number(table.Now.ToUnixTimeMilliseconds());
        Dictionary<string, AttributeValue> note = Row(message, KeyOfNote(message, attempt), attempt, message.AnswerLifetime);
        while (true)
        {
            try
            {
                await table.WriteAsync([table.PutIfAbsent(sending), new() { Put = new Put { TableName = table.Name, Item = note } }], cancellationToken);
                return null;
            }
            catch (TransactionCanceledException canceled) when (ConversationTable.HasFailedCondition(canceled))
            {
                if (await table.FindAsync(ConversationItems.OfSending(message.SendingId), ConversationItems.Sending, cancellationToken) is { } row)
                {
                    // This attempt's own means that it was begun and the answer was lost.
                    return row[Attempt].S == attempt ? null : Read(row);
                }

                // It was taken back meanwhile: nothing is noted yet.
            }
        }
    }

    public async Task<KnownSending?> FindAsync(string sendingId, CancellationToken cancellationToken) =>
        await table.FindAsync(ConversationItems.OfSending(sendingId), ConversationItems.Sending, cancellationToken) is { } row ? Read(row) : null;

    public async Task<bool> IsSentAsync(string sendingId, CancellationToken cancellationToken) =>
        await table.FindAsync(ConversationItems.OfSent(sendingId), ConversationItems.SentPart(0), cancellationToken) is not null;

    public Task SentAsync(string sendingId, string attempt, string messageId, CancellationToken cancellationToken) => UpdateAsync(sendingId, attempt, MessageId, messageId, cancellationToken);

    public async Task RefusedAsync(TemplateMessage message, string attempt, string reason, CancellationToken cancellationToken)
    {
        await UpdateAsync(message.SendingId, attempt, Refusal, reason, cancellationToken);
        await DeleteAsync(KeyOfNote(message, attempt), attempt, cancellationToken);
    }

    public async Task TakeBackAsync(TemplateMessage message, string attempt, CancellationToken cancellationToken)
    {
        await DeleteAsync(KeyOfNote(message, attempt), attempt, cancellationToken);
        await DeleteAsync(ConversationTable.Key(ConversationItems.OfSending(message.SendingId), ConversationItems.Sending), attempt, cancellationToken);
    }

    private static Dictionary<string, AttributeValue> KeyOfNote(TemplateMessage message, string attempt) =>
        ConversationTable.Key(ConversationItems.OfTemplateTo(message.SystemNumber, message.Recipient.Id), ConversationItems.SentTemplate(attempt));

    private static KnownSending Read(Dictionary<string, AttributeValue> row) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(row[BegunAt].N, CultureInfo.InvariantCulture)), row.GetValueOrDefault(MessageId)?.S, row.GetValueOrDefault(Refusal)?.S);

    private Dictionary<string, AttributeValue> Row(TemplateMessage message, Dictionary<string, AttributeValue> row, string attempt, TimeSpan lifetime)
    {
        row[ConversationItems.TemplateName] = new AttributeValue(message.Template);
        row[Attempt] = new AttributeValue(attempt);
        row[ConversationItems.ExpiresAt] = table.ExpiresIn(lifetime);
        if (message.Reference is { } reference)
        {
            row[ConversationItems.TemplateReference] = new AttributeValue(reference);
        }

        return row;
    }

    /// <summary>On the condition that it is still this attempt's: what comes late must change nothing of another's.</summary>
    private async Task UpdateAsync(string sendingId, string attempt, string name, string value, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest
        {
            TableName = table.Name,
            Key = ConversationTable.Key(ConversationItems.OfSending(sendingId), ConversationItems.Sending),
            UpdateExpression = "SET #n = :n",
            ConditionExpression = IsOwn,
            ExpressionAttributeNames = new() { ["#n"] = name, ["#a"] = Attempt },
            ExpressionAttributeValues = new() { [":n"] = new(value), [":a"] = new(attempt) },
        };
        try
        {
            await table.Client.UpdateItemAsync(request, cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // It is another attempt's by now.
        }
    }

    private async Task DeleteAsync(Dictionary<string, AttributeValue> key, string attempt, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = table.Name,
            Key = key,
            ConditionExpression = IsOwn,
            ExpressionAttributeNames = new() { ["#a"] = Attempt },
            ExpressionAttributeValues = new() { [":a"] = new(attempt) },
        };
        try
        {
            await table.Client.DeleteItemAsync(request, cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // It is another attempt's by now, or gone.
        }
    }
}
