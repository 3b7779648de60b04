using System.Text.Json;
using LocalAws.DynamoDb.Streams;

namespace Simulation.Tests.World;

/// <summary>
/// What is promised, whatever goes wrong on the way:
/// <list type="number">
/// <item>The agent sees every message of a conversation, once.</item>
/// <item>
/// Of two messages of a conversation, the one that was stored first is shown first, unless it was written after the other. (So a message that
/// is stored late may be shown late: the messages of one hand-over are brought into the customer's order, and nothing that was handed over is
/// rearranged.) Stored means the raw table's stream; written means WhatsApp's timestamp, then End User Messaging's.
/// </item>
/// <item>A conversation has one chat. (Here no chat ends that a customer has joined, but all when what was refused comes back.)</item>
/// <item>Nothing is left in the outbox, and nothing was put aside.</item>
/// </list>
/// </summary>
internal static class Law
{
    public const string Lost = "lost";
    public const string Doubled = "shown twice";
    public const string Disordered = "shown after";
    public const string Scattered = "more than one chat";
    public const string Waiting = "waits";

    /// <summary>What is wrong; empty when the law was kept.</summary>
    public static IReadOnlyList<string> Breaches(Cloud cloud, IReadOnlyList<Message> messages)
    {
        string ConversationOf(Message message) => cloud.ConversationOf?.Invoke(message.Sender) ?? message.Sender;
        bool ComesBack(Message message) => cloud.Refuses.Contains(message.Text) || cloud.ComesBack.Contains(message.Text);
        List<string> breaches = [];
        List<string> stored = Stored(cloud);
        foreach (IGrouping<string, Message> conversation in messages.GroupBy(ConversationOf))
        {
            string[] shown = [.. Shown(cloud, conversation.Key)];
            breaches.AddRange(conversation.Where(message => !shown.Contains(message.Text)).Select(message => $"{message.Text} is {Lost}"));
            breaches.AddRange(shown.CountBy(text => text).Where(count => count.Value > 1).Select(count => $"{count.Key} is {Doubled}"));
            breaches.AddRange(
                from first in conversation
                from second in conversation
                where !ComesBack(first) && !ComesBack(second)
                where stored.IndexOf(first.Text) < stored.IndexOf(second.Text) && !first.IsWrittenAfter(second)
                where Array.IndexOf(shown, second.Text) >= 0 && Array.IndexOf(shown, second.Text) < Array.IndexOf(shown, first.Text)
                select $"{first.Text} is {Disordered} {second.Text}");
        }

        breaches.AddRange(
            from contact in cloud.Connect.Contacts
            where contact.Texts.Count > 0 && cloud.Refuses.Count == 0
            group contact by contact.Start.Customer.Id into chats
            where chats.Count() > 1
            select $"{chats.Key} has {Scattered}");
        breaches.AddRange(cloud.DynamoDb.Outbox.Select(waiting => $"{waiting.Item} of {waiting.Conversation} {Waiting}"));
        breaches.AddRange(cloud.Refused.Select(letter => $"{letter.Item.SortKey} was put aside: {letter.Reason}"));
        return breaches;
    }

    /// <summary>The messages that the agents saw in a conversation, one chat after the other.</summary>
    public static IEnumerable<string> Shown(Cloud cloud, string customer) => cloud.Connect.Contacts
        .Where(contact => contact.Start.Customer.Id == customer)
        .SelectMany(contact => contact.Texts)
        .SelectMany(text => text.Split('\n'));

    private static List<string> Stored(Cloud cloud) =>
    [
        .. cloud.DynamoDb.Engine.Streams.Get(cloud.DynamoDb.StreamArn).Shards()
            .SelectMany(shard => shard.Read(shard.Horizon, int.MaxValue, int.MaxValue))
            .OrderBy(record => record.Number)
            .Select(TextOf)
            .OfType<string>(),
    ];

    /// <summary>Null for a message that is deleted: an operator puts it there once more.</summary>
    private static string? TextOf(StreamRecord record)
    {
        using JsonDocument json = JsonDocument.Parse(record.Entry.Json);
        return json.RootElement.GetProperty("dynamodb").TryGetProperty("NewImage", out JsonElement image)
            ? image.GetProperty("text").GetProperty("M").GetProperty("body").GetProperty("S").GetString()!
            : null;
    }
}
