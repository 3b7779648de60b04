using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Release;

namespace WhatsAppEventHandler.Tests.World;

/// <summary>The table of conversations, strongly consistent and atomic by item.</summary>
internal sealed class FakeTable
{
    private const int PageSize = 2;

    private readonly HashSet<string> _admitted = [];

    public SortedDictionary<(string Conversation, string SortKey), OutboxItem> Outbox { get; } = [];

    public Dictionary<string, ChatRow> Chats { get; } = [];

    /// <summary>What people were sent by flows.</summary>
    public Dictionary<string, SentTemplate> Templates { get; } = [];

    public void Put(OutboxItem item) => Outbox[(item.Conversation, item.SortKey)] = item;

    public void Admit(OutboxItem item)
    {
        if (_admitted.Add(item.SortKey))
        {
            Put(item);
        }
    }

    public bool Contains(string conversation, string sortKey) => Outbox.ContainsKey((conversation, sortKey));

    public IReadOnlyList<OutboxItem> Waiting(string conversation) => [.. Outbox.Values.Where(item => item.Conversation == conversation && !item.SortKey.StartsWith(ConversationItems.LateFilePrefix, StringComparison.Ordinal)).Take(PageSize)];

    public IReadOnlyList<OutboxItem> Following(string conversation, string sortKey)
    {
        (string first, string last) = ConversationItems.LateFilesOf(sortKey);
        return [.. Outbox.Values.Where(item => item.Conversation == conversation && string.CompareOrdinal(item.SortKey, first) >= 0 && string.CompareOrdinal(item.SortKey, last) <= 0).Take(PageSize)];
    }

    public bool TryNoteFile(OutboxItem item, int done, FileNote note, FileNote? before, OutboxItem? follows)
    {
        if (!Outbox.TryGetValue((item.Conversation, item.SortKey), out OutboxItem? stored) || stored.Progress?.Done > done || (stored.File != note && stored.File != before))
        {
            return false;
        }

        Put(stored with { File = note });
        if (follows is not null)
        {
            Put(follows);
        }

        return true;
    }

    public bool TrySeal(OutboxItem first, Seal seal)
    {
        if (!Outbox.TryGetValue((first.Conversation, first.SortKey), out OutboxItem? stored) || stored is not { Seal: null, Progress: null, File: null })
        {
            return false;
        }

        Put(stored with { Seal = seal });
        return true;
    }

    public bool TryNote(OutboxItem item, DeliveryProgress progress)
    {
        if (!Outbox.TryGetValue((item.Conversation, item.SortKey), out OutboxItem? stored)
            || (stored.Progress is { At: not null } before
                && (before.Done > progress.Done || (before.Done == progress.Done && progress.Refusal is null))))
        {
            return false;
        }

        Put(item with { Progress = progress, File = null });
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

    /// <summary>Whose chat each contact is.</summary>
    public Dictionary<string, string> Owners { get; } = [];

    public bool TryAnnounce(string conversation, string owner, string contactId)
    {
        if (Chats.GetValueOrDefault(conversation)?.Owner != owner)
        {
            return false;
        }

        Owners[contactId] = conversation;
        return true;
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

    public bool TryRelease(string conversation, string owner, OutboxItem delivered, ChatState chat)
    {
        if (Chats.GetValueOrDefault(conversation) is not { } row || row.Owner != owner)
        {
            return false;
        }

        Chats[conversation] = row with { Owner = null, Chat = row.Chat with { NewestMessage = chat.NewestMessage, CustomerWroteAt = chat.CustomerWroteAt } };
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
