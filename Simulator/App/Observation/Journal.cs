using System.Text.Json;
using WhatsAppBuffer.Simulator.App.Control;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Observation;

/// <summary>When each WhatsApp message passed each stage, on the simulator's clock. The newest 50,000 messages are kept.</summary>
internal sealed class Journal
{
    private const int Capacity = 50_000;

    private readonly TimeProvider _clock;
    private readonly string _rawMessagesTable;
    private readonly ReleaseWatch _releases;
    private readonly Newest<MessageTimes> _times = new(Capacity);
    private DateTimeOffset _lastStored = DateTimeOffset.MinValue;

    /// <param name="clock">The simulator's clock.</param>
    /// <param name="rawMessagesTable">The table that raw messages are put into.</param>
    public Journal(TimeProvider clock, string rawMessagesTable)
    {
        (_clock, _rawMessagesTable) = (clock, rawMessagesTable);
        _releases = new ReleaseWatch((id, reason) => Note(id, times => times with { ReleasedAt = _clock.GetUtcNow(), ReleaseReason = reason }));
    }

    public IReadOnlyList<MessageTimes> All => [.. _times.All.OrderBy(times => times.SentAt ?? times.StoredAt)];

    /// <summary>How long ago the last message was stored.</summary>
    public TimeSpan SinceLastStored => _lastStored == DateTimeOffset.MinValue ? TimeSpan.MaxValue : _clock.GetUtcNow() - _lastStored;

    public void Sent(string messageId, DateTimeOffset at) => Note(messageId, times => times with { SentAt = times.SentAt ?? at });

    /// <summary>Watches for raw messages being put, and for what lets them go.</summary>
    public void OnCall(AwsCall call)
    {
        if (call is { Service: "dynamodb", Operation: "PutItem" or "TransactWriteItems", ErrorCode: null } && StoredId(call.Request.Body) is { } id)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            _lastStored = now;
            Note(id, times => times with { StoredAt = times.StoredAt ?? now });
        }

        _releases.OnCall(call);
    }

    /// <summary>Watches for batches handed to the aggregator.</summary>
    public void OnBatch(BatchHandedOver batch)
    {
        foreach (var record in batch.Records)
        {
            using JsonDocument json = ForeignJson.Document(record.Json);
            string? id = json.RootElement.GetProperty("dynamodb").GetProperty("Keys").GetProperty(Tables.RawMessages.SortKey).GetProperty("S").GetString();
            // A batch that failed is handed over again, maybe in two halves: what counts is the last time.
            Note(id!, times => times with { HandedOverAt = batch.At });
        }
    }

    public void Clear()
    {
        _times.Clear();
        _releases.Clear();
    }

    /// <summary>A transaction puts one message, and items that keep its place elsewhere.</summary>
    private string? StoredId(ReadOnlyMemory<byte> request)
    {
        using JsonDocument json = ForeignJson.Document(request);
        IEnumerable<JsonElement> puts = json.RootElement.TryGetProperty("TransactItems", out JsonElement items)
            ? items.EnumerateArray().SelectMany(item => item.EnumerateObject()).Where(action => action.NameEquals("Put")).Select(action => action.Value)
            : [json.RootElement];
        return puts.Where(put => put.GetProperty("TableName").ValueEquals(_rawMessagesTable))
            .Select(put => put.GetProperty("Item").GetProperty(Tables.RawMessages.SortKey).GetProperty("S").GetString())
            .FirstOrDefault();
    }

    private void Note(string messageId, Func<MessageTimes, MessageTimes> note) =>
        _times.AddOrUpdate(messageId, () => note(new MessageTimes(messageId, null, null, null)), note);
}
