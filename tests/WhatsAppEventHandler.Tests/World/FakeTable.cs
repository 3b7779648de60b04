using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppEventHandler.Tests.World;

/// <summary>The table of conversations, strongly consistent and atomic by item.</summary>
internal sealed class FakeTable
{
    private const int PageSize = 2;

    private readonly HashSet<string> _admitted = [];

    public SortedDictionary<(string Conversation, string SortKey), OutboxItem> Outbox { get; } = [];

    public Dictionary<string, ChatRow> Chats { get; } = [];

    public void Put(OutboxItem item) => Outbox[(item.Conversation, item.SortKey)] = item;

    public void Admit(OutboxItem item)
    {
        if (_admitted.Add(item.SortKey))
        {
            Put(item);
        }
    }

    public bool Contains(string conversation, string sortKey) => Outbox.ContainsKey((conversation, sortKey));

    public IReadOnlyList<OutboxItem> Waiting(string conversation) => [.. Outbox.Values.Where(item => item.Conversation == conversation).Take(PageSize)];

    public bool TryNote(OutboxItem item, DeliveryProgress progress)
    {
        if (!Outbox.TryGetValue((item.Conversation, item.SortKey), out OutboxItem? stored)
            || (stored.Progress is { } before && before.Rendering == progress.Rendering
                && (before.Done > progress.Done || (before.Done == progress.Done && progress.Refusal is null))))
        {
            return false;
        }

        Put(item with { Progress = progress });
        return true;
    }

    public void Remove(OutboxItem item) => Outbox.Remove((item.Conversation, item.SortKey));

    public ChatState? TryTake(string conversation, string owner, DateTimeOffset now, DateTimeOffset until)
    {
        ChatRow row = Chats.GetValueOrDefault(conversation) ?? new ChatRow(ChatState.None, null, default);
        if (row.Owner is not null && row.Owner != owner && row.Until >= now)
        {
            return null;
        }

        Chats[conversation] = row with { Owner = owner, Until = until };
        return row.Chat;
    }

    public bool TrySave(string conversation, string owner, ChatState chat)
    {
        if (Chats.GetValueOrDefault(conversation) is not { } row || row.Owner != owner)
        {
            return false;
        }

        Chats[conversation] = row with { Chat = chat };
        return true;
    }

    public bool TryRelease(string conversation, string owner, OutboxItem delivered, long newestMessage)
    {
        if (Chats.GetValueOrDefault(conversation) is not { } row || row.Owner != owner)
        {
            return false;
        }

        Chats[conversation] = row with { Owner = null, Chat = row.Chat with { NewestMessage = newestMessage } };
        Remove(delivered);
        return true;
    }

    public void Release(string conversation, string owner)
    {
        if (Chats.GetValueOrDefault(conversation) is { } row && row.Owner == owner)
        {
            Chats[conversation] = row with { Owner = null };
        }
    }
}

internal sealed record ChatRow(ChatState Chat, string? Owner, DateTimeOffset Until);
