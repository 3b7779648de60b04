using System.Text.Json;
using LocalAws.DynamoDb.Streams;
using WhatsAppBuffer.Topology;
using WhatsAppEventHandler.Tests.World;

namespace Simulation.Tests.World;

/// <summary>
/// What is promised, whatever goes wrong on the way:
/// <list type="number">
/// <item>The agent sees every message once, in its own conversation, and a conversation holds one person's messages.</item>
/// <item>
/// Of two messages of a conversation, the one that was stored first is shown first, unless it was written after the other. (So a message that
/// is stored late may be shown late: the messages of one hand-over are brought into the customer's order, and nothing that was handed over is
/// rearranged.) Stored means the raw table's stream; written means WhatsApp's timestamp, then End User Messaging's.
/// </item>
/// <item>A conversation has one chat. (Here no chat ends that a customer has joined, but all when what was refused comes back.)</item>
/// <item>A file is attached once, or a line says once that it cannot be. One that is not there in time leaves a line in its place and follows later.</item>
/// <item>Nothing is left in the outbox, and nothing was put aside.</item>
/// <item>
/// What an agent writes or attaches reaches the customer, or the agent is told that a file could not be read any more; twice only where it was said before that it might. (Here a chat that an agent ended is followed by another; a
/// message of the customer's whose answer was lost is shown in both, if the agent ends the chat before it is sent again: nobody can know.)
/// </item>
/// <item>Of an answer that WhatsApp does not deliver the agent is told, under one token, and of no other. (Not where there is no queue to be told by.)</item>
/// </list>
/// </summary>
internal static class Law
{
    public const string Lost = "lost";
    public const string Doubled = "shown twice";
    public const string Disordered = "shown after";
    public const string Scattered = "more than one chat";
    public const string Waiting = "waits";
    public const string Mixed = "somebody else";
    public const string PutAside = "was put aside";
    public const string Untold = "nobody was told";

    /// <summary>What is wrong; empty when the law was kept.</summary>
    public static IReadOnlyList<string> Breaches(Cloud cloud, IReadOnlyList<Message> messages)
    {
        HashSet<string> follow = [.. cloud.Connect.Contacts.SelectMany(contact => contact.Texts).Where(text => text.StartsWith(FollowsIn, StringComparison.Ordinal)).Select(FileIn)];
        bool ComesBack(Message message) => cloud.Refuses.Contains(message.Text) || cloud.ComesBack.Contains(message.Text) || follow.Contains(message.Text);
        List<string> breaches = [];
        List<(string Customer, string Text, string ReceivedAt)> stored = Stored(cloud);
        string? ConversationOf(Message message) => stored.Find(record => record.Text == message.Text).Customer is { } customer ? cloud.ConversationOf?.Invoke(customer) ?? customer : null;
        foreach (Message message in messages.Where(message => ConversationOf(message) is null))
        {
            breaches.Add($"{message.Text} is {Lost}");
        }

        foreach (IGrouping<string, Message> conversation in messages.Where(message => ConversationOf(message) is not null).GroupBy(message => ConversationOf(message)!))
        {
            string[] shown = [.. Shown(cloud, conversation.Key)];
            breaches.AddRange(conversation.Where(message => !shown.Contains(message.Text)).Select(message => $"{message.Text} is {Lost}"));
            breaches.AddRange(conversation.Select(message => message.Sender).Distinct().Skip(1).Select(other => $"{conversation.Key} is the conversation of {other} too, who is {Mixed}"));
            breaches.AddRange(
                from first in conversation
                from second in conversation
                where !ComesBack(first) && !ComesBack(second)
                where Place(first) < Place(second) && !IsWrittenAfter(first, second)
                where Array.IndexOf(shown, second.Text) >= 0 && Array.IndexOf(shown, second.Text) < Array.IndexOf(shown, first.Text)
                select $"{first.Text} is {Disordered} {second.Text}");
        }

        // A copy that is delivered again may be stored first, with a time of its own.
        bool IsWrittenAfter(Message one, Message other) => (one with { ReceivedAt = stored[Place(one)].ReceivedAt }).IsWrittenAfter(other with { ReceivedAt = stored[Place(other)].ReceivedAt });
        int Place(Message message) => stored.FindIndex(record => record.Text == message.Text);
        breaches.AddRange(
            from text in cloud.Connect.Contacts.SelectMany(TextsIn)
            group text.Contact by text.Text into shown
            where shown.Count() > 1 + (cloud.Agents.Ended > 0 ? shown.Distinct().SkipLast(1).Count(contact => contact.Ended) : 0)
            select $"{shown.Key} is {Doubled}");
        breaches.AddRange(
            from contact in cloud.Connect.Contacts
            where contact.Texts.Count > 0 && cloud.Refuses.Count == 0
            group contact by contact.Start.Customer.Id into chats
            where chats.Count(chat => !chat.Ended) > 1 || (cloud.Agents.Ended == 0 && chats.Count() > 1)
            select $"{chats.Key} has {Scattered}");
        foreach (Answer answer in cloud.Agents.Answers)
        {
            int arrived = cloud.Phones.Received.Count(received => received.Text == answer.Text);
            breaches.AddRange(cloud.Phones.Received.Where(received => received.Text == answer.Text && received.To != answer.Customer).Select(received => $"{answer.Text} went to {received.To}, who is {Mixed}"));
            int named = cloud.Repetitions.Named.GetValueOrDefault(answer.MessageId);
            breaches.AddRange(arrived == 0 && !cloud.Phones.Undelivered.Contains(answer.MessageId) && !IsToldOf(answer) ? [$"{answer.Text} is {Lost}"] : arrived > 1 + named ? [$"{answer.Text} is {Doubled}"] : []);
        }

        bool IsToldOf(Answer answer) => answer.FileOf is not null && cloud.Workspace.Told.ContainsKey(TokenOf(answer));
        string[] toTell = [.. cloud.Wiring is Wiring.Queues ? cloud.Phones.Undelivered.Select(messageId => $"not-delivered-{messageId}") : []];
        breaches.AddRange(toTell.Except(cloud.Workspace.Told.Keys).Select(token => $"{token}: {Untold}"));
        // A file that could not be read: the chat had ended.
        string[] unread = [.. cloud.Agents.Answers.Where(answer => answer.FileOf is { Ended: true } && IsToldOf(answer) && cloud.Phones.Received.All(received => received.Text != answer.Text)).Select(TokenOf)];
        breaches.AddRange(cloud.Workspace.Told.Keys.Except(toTell).Except(unread).Select(token => $"{token} was told for nothing"));
        breaches.AddRange(cloud.DynamoDb.Outbox.Select(waiting => $"{waiting.Item} of {waiting.Conversation} {Waiting}"));
        breaches.AddRange(cloud.Refused.Select(letter => $"{letter.Item.SortKey} {PutAside}: {letter.Reason}"));
        breaches.AddRange(cloud.AnswersPutAside.Select(letter => $"an answer {PutAside}: {letter}"));
        return breaches;
    }

    private static string TokenOf(Answer answer) => $"not-delivered-{answer.MessageId}";

    private static IEnumerable<(FakeContact Contact, string Text)> TextsIn(FakeContact contact) => Lines(contact).Select(text => (contact, text));

    /// <summary>A file stands for itself, whether it is attached or in words.</summary>
    private static IEnumerable<string> Lines(FakeContact contact) =>
        contact.Texts.SelectMany(text => text.Split('\n')).Where(line => !line.StartsWith("[Edited ", StringComparison.Ordinal)).Select(line => line.StartsWith(InWords, StringComparison.Ordinal) && !line.StartsWith(FollowsIn, StringComparison.Ordinal) ? FileIn(line) : line);

    private const string InWords = "[Document – ";
    private const string FollowsIn = $"{InWords}follows: ";

    private static string FileIn(string line) => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..^1];

    /// <summary>The messages that the agents saw in a conversation, one chat after the other.</summary>
    public static IEnumerable<string> Shown(Cloud cloud, string customer) => cloud.Connect.Contacts
        .Where(contact => contact.Start.Customer.Id == customer)
        .SelectMany(Lines);

    private static List<(string Customer, string Text, string ReceivedAt)> Stored(Cloud cloud) =>
    [
        .. cloud.DynamoDb.Engine.Streams.Get(cloud.DynamoDb.StreamArn).Shards()
            .SelectMany(shard => shard.Read(shard.Horizon, int.MaxValue, int.MaxValue))
            .OrderBy(record => record.Number)
            .Select(MessageOf)
            .OfType<(string, string, string)>(),
    ];

    /// <summary>Null for a message that is deleted (an operator puts it there once more), and for an item that only keeps a message's place.</summary>
    private static (string Customer, string Text, string ReceivedAt)? MessageOf(StreamRecord record)
    {
        using JsonDocument json = JsonDocument.Parse(record.Entry.Json);
        return !json.RootElement.GetProperty("dynamodb").TryGetProperty("NewImage", out JsonElement image) ? null
            : Words("text", "body") is { } text ? (String(image, "from"), text, String(image, "receivedAt"))
            : Words("document", "filename") is { } file ? (String(image, "from"), file, String(image, "receivedAt"))
            : null;

        string? Words(string type, string member) => image.TryGetProperty(type, out JsonElement content) ? String(content.GetProperty("M"), member) : null;
        static string String(JsonElement element, string member) => element.GetProperty(member).GetProperty("S").GetString()!;
    }
}
