using WhatsAppBuffer.Simulator.App.Customers;

namespace WhatsAppBuffer.Simulator.Page.Recording;

/// <summary>
/// What has become of each message: an account of what others did, kept from what they are seen to do. Knows no clock and asks nobody. Safe for use by many threads.
/// The newest 20,000 messages and 5,000 bursts are kept, the JSON of the newest 2,000 and 1,000.
/// </summary>
internal sealed class Ledger
{
    private const int Capacity = 20_000;
    private const int JsonCapacity = 2_000;
    private const int BurstCapacity = 5_000;
    private const int BurstJsonCapacity = 1_000;

    /// <summary>Two bursts with less than this between them were one to whoever wrote them.</summary>
    private static readonly TimeSpan OneBreath = TimeSpan.FromSeconds(6);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RecordedMessage> _messages = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Queue<string> _withJson = new();
    private readonly Dictionary<string, RecordedAggregate> _outbox = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecordedBurst> _bursts = new(StringComparer.Ordinal);
    private readonly List<string> _burstOrder = [];
    private readonly Dictionary<string, string> _burstOfOutbox = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _said = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _refusals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _lastBurst = new(StringComparer.Ordinal);

    /// <summary>What was recorded, oldest first.</summary>
    public IReadOnlyList<RecordedBurst> Bursts
    {
        get
        {
            lock (_lock)
            {
                return [.. _burstOrder.Select(id => _bursts[id])];
            }
        }
    }

    /// <summary>Messages that are not with an agent yet, oldest first.</summary>
    public IReadOnlyList<RecordedMessage> UnderWay
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages.Values.Where(message => message.DeliveredAt is null).OrderBy(message => message.SentAt)];
            }
        }
    }

    /// <summary>All messages, oldest first.</summary>
    public IReadOnlyList<RecordedMessage> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _order.Select(id => _messages.GetValueOrDefault(id)).OfType<RecordedMessage>()];
            }
        }
    }

    /// <summary>The message of an id, or null.</summary>
    public RecordedMessage? Message(string id)
    {
        lock (_lock)
        {
            return _messages.GetValueOrDefault(id);
        }
    }

    /// <summary>The burst of an id, or null.</summary>
    public RecordedBurst? Burst(string id)
    {
        lock (_lock)
        {
            return _bursts.GetValueOrDefault(id);
        }
    }

    /// <summary>The burst that messages which still wait were cut off; null when they begin one of their own.</summary>
    /// <param name="first">The first that waits.</param>
    public RecordedBurst? CutFrom(RecordedMessage first)
    {
        lock (_lock)
        {
            return _burstOrder.AsEnumerable().Reverse().Select(id => _bursts[id]).FirstOrDefault(burst => burst.Customer == first.Customer) is { } before
                && Gap_NeedsLock(before, [first.Id]) is var gap && gap > TimeSpan.Zero && gap < OneBreath
                ? before
                : null;
        }
    }

    /// <summary>Where a message is.</summary>
    /// <param name="message">The message.</param>
    /// <param name="now">What the clock shows.</param>
    /// <param name="poll">How often the stream is read.</param>
    public Stage StageOf(RecordedMessage message, DateTimeOffset now, TimeSpan poll)
    {
        lock (_lock)
        {
            return message.DeliveredAt is not null ? Stage.Delivered
                : message.BurstId is not null ? Stage.Aggregated
                : message.OutboxKey is { } key && _outbox.TryGetValue(key, out RecordedAggregate? item) && !item.WaitsForQuiet ? Stage.Aggregated
                : message.StoredAt is null ? Stage.Sns
                : message.HandedOverAt is null && now - message.StoredAt < poll ? Stage.Stored
                : Stage.Waiting;
        }
    }

    /// <summary>A customer wrote.</summary>
    public void Wrote(string id, string customer, WebhookMessage written, string text, DateTimeOffset at)
    {
        lock (_lock)
        {
            Note_NeedsLock(id, () => new RecordedMessage(id, customer, written.Message["type"]?.ToString() ?? "", text, at), message => message with { Written = message.Written ?? written });
        }
    }

    /// <summary>A row was put; one that was there before is no news.</summary>
    public void Stored(string id, string customer, string json, DateTimeOffset at)
    {
        lock (_lock)
        {
            Note_NeedsLock(id, () => new RecordedMessage(id, customer, "", "", at), message => message with { StoredAt = message.StoredAt ?? at, StoredJson = message.StoredJson ?? json });
        }
    }

    /// <summary>A batch was handed to the aggregator.</summary>
    public void HandedOver(IEnumerable<(string Id, string Json)> records, RecordedBatch batch)
    {
        lock (_lock)
        {
            foreach ((string id, string json) in records)
            {
                if (_messages.TryGetValue(id, out RecordedMessage? message))
                {
                    _messages[id] = message with { HandedOverAt = batch.At, Batches = [.. message.Batches.TakeLast(9), batch with { Json = json }] };
                }
            }
        }
    }

    /// <summary>An aggregate was put into an outbox.</summary>
    public void Aggregated(RecordedAggregate item)
    {
        lock (_lock)
        {
            if (!_outbox.TryAdd(item.Key, item))
            {
                return;
            }

            foreach (string id in item.MessageIds)
            {
                Note_NeedsLock(id, () => new RecordedMessage(id, item.Conversation, "", "", item.At), message => message with { OutboxKey = item.Key });
            }

            if (!item.WaitsForQuiet)
            {
                LetGo_NeedsLock(item.Id, [item], "Window", item.At);
            }
        }
    }

    /// <summary>Aggregates were sealed: they are delivered as one.</summary>
    public void Sealed(string conversation, IReadOnlyList<string> sortKeys, string reason, DateTimeOffset at)
    {
        lock (_lock)
        {
            RecordedAggregate[] items = [.. sortKeys.Select(sortKey => _outbox.GetValueOrDefault(KeyOf(conversation, sortKey))).OfType<RecordedAggregate>()];
            if (items.Length > 0)
            {
                LetGo_NeedsLock($"{items[0].Id}-{items.Length}", items, reason, at);
            }
        }
    }

    /// <summary>The agent got something of a conversation.</summary>
    public void Said(string conversation, string text)
    {
        lock (_lock)
        {
            if (!_said.TryGetValue(conversation, out List<string>? said))
            {
                _said[conversation] = said = [];
            }

            said.Add(text);
        }
    }

    /// <summary>Something of a conversation was put to the dead letters.</summary>
    public void Refused(string conversation, string reason)
    {
        lock (_lock)
        {
            _refusals[conversation] = reason;
        }
    }

    /// <summary>Aggregates are gone from their outbox: done with.</summary>
    public void Removed(string conversation, IReadOnlyList<string> sortKeys, DateTimeOffset at)
    {
        lock (_lock)
        {
            string[] keys = [.. sortKeys.Select(sortKey => KeyOf(conversation, sortKey)).Where(_outbox.ContainsKey)];
            _said.Remove(conversation, out List<string>? said);
            _refusals.Remove(conversation, out string? refusal);
            foreach (string id in keys.Select(key => _burstOfOutbox.GetValueOrDefault(key)).OfType<string>().Distinct().Where(_bursts.ContainsKey))
            {
                RecordedBurst burst = _bursts[id] with { Delivered = said ?? [], DeliveredAt = at, Refusal = refusal };
                _bursts[id] = burst;
                foreach (string message in burst.MessageIds)
                {
                    Note_NeedsLock(message, () => new RecordedMessage(message, burst.Customer, "", "", at), known => known with { DeliveredAt = at });
                }
            }

            foreach (string key in keys)
            {
                _outbox.Remove(key);
                _burstOfOutbox.Remove(key);
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _messages.Clear();
            _order.Clear();
            _withJson.Clear();
            _outbox.Clear();
            _bursts.Clear();
            _burstOrder.Clear();
            _burstOfOutbox.Clear();
            _said.Clear();
            _refusals.Clear();
            _lastBurst.Clear();
        }
    }

    /// <summary>The key of an outbox item.</summary>
    public static string KeyOf(string conversation, string sortKey) => $"{conversation}\n{sortKey}";

    private void LetGo_NeedsLock(string id, RecordedAggregate[] items, string reason, DateTimeOffset at)
    {
        string[] ids = [.. items.SelectMany(item => item.MessageIds).Distinct()];
        string conversation = items[0].Conversation;
        if (_bursts.ContainsKey(id))
        {
            return;
        }

        string customer = ids.Select(_messages.GetValueOrDefault).OfType<RecordedMessage>().FirstOrDefault()?.Customer ?? conversation;
        string? before = _lastBurst.GetValueOrDefault(conversation) is { } last && _bursts.ContainsKey(last) ? last : null;
        bool isCut = before is not null && Gap_NeedsLock(_bursts[before], ids) < OneBreath;
        _bursts[id] = new RecordedBurst(id, conversation, customer, ids, [.. items.Select(item => item.Key)], reason, at)
        {
            CutFrom = isCut ? before : null,
            WindowEnd = items[^1].WindowEnd,
            Json = [.. items.Select(item => item.Json)],
        };
        if (isCut)
        {
            _bursts[before!] = _bursts[before!] with { IsCut = true };
        }

        _burstOrder.Add(id);
        if (_burstOrder.Count > BurstJsonCapacity && _bursts.TryGetValue(_burstOrder[^BurstJsonCapacity], out RecordedBurst? old))
        {
            _bursts[old.Id] = old with { Json = [] };
        }

        if (_burstOrder.Count > BurstCapacity)
        {
            _bursts.Remove(_burstOrder[0]);
            _burstOrder.RemoveAt(0);
        }

        _lastBurst[conversation] = id;
        foreach (RecordedAggregate item in items)
        {
            _burstOfOutbox[item.Key] = id;
        }

        foreach (string message in ids)
        {
            Note_NeedsLock(message, () => new RecordedMessage(message, customer, "", "", at), known => known with { BurstId = id });
        }
    }

    private TimeSpan Gap_NeedsLock(RecordedBurst before, IEnumerable<string> ids)
    {
        DateTimeOffset? last = before.MessageIds.Select(id => _messages.GetValueOrDefault(id)?.SentAt).Max();
        DateTimeOffset? first = ids.Select(id => _messages.GetValueOrDefault(id)?.SentAt).Min();
        return last is null || first is null ? TimeSpan.MaxValue : first.Value - last.Value;
    }

    private void Note_NeedsLock(string id, Func<RecordedMessage> add, Func<RecordedMessage, RecordedMessage> note)
    {
        if (!_messages.TryGetValue(id, out RecordedMessage? message))
        {
            message = add();
            _order.Enqueue(id);
            _withJson.Enqueue(id);
            Forget_NeedsLock();
        }

        _messages[id] = note(message);
    }

    private void Forget_NeedsLock()
    {
        while (_order.Count > Capacity)
        {
            _messages.Remove(_order.Dequeue());
        }

        while (_withJson.Count > JsonCapacity)
        {
            string old = _withJson.Dequeue();
            if (_messages.TryGetValue(old, out RecordedMessage? message))
            {
                _messages[old] = message with { Written = null, StoredJson = null, Batches = [.. message.Batches.Select(batch => batch with { Json = "" })] };
            }
        }
    }
}
