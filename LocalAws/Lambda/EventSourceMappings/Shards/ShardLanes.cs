using System.Text;
using System.Text.Json;
using LocalAws.DynamoDb.Streams;

namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>
/// The lanes of one shard, as many as the mapping's ParallelizationFactor. All records of an item go through the same lane, so that their order is kept; items
/// that share no more than the partition key may overtake each other. Source: Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB".
/// </summary>
internal sealed class ShardLanes(StreamMappingSettings settings)
{
    private readonly Queue<string> _read = [];
    private string? _checkpoint;

    public IReadOnlyList<ShardLane> All { get; } = [.. Enumerable.Range(0, settings.ParallelizationFactor).Select(_ => new ShardLane(settings))];

    /// <summary>Records read and not done with.</summary>
    public int Waiting => All.Sum(lane => lane.Engine.Waiting);

    /// <summary>Creation time of the oldest record not done with, or null.</summary>
    public DateTimeOffset? Oldest => All.Min(lane => lane.Engine.Oldest?.CreatedAt);

    /// <summary>The window that is open, or null.</summary>
    public TimeWindow? Window => First.Window;

    /// <summary>Why a lane's last call failed; null when none did.</summary>
    public string? LastError => All.Select(lane => lane.Engine.LastError).FirstOrDefault(error => error is not null);

    /// <summary>Whether there is room for more records in every lane: one that is held up holds up the reading, not the others' calls.</summary>
    public bool WantMore => All.All(lane => lane.Engine.WantsMore);

    /// <summary>The last record before which all are done with, or null.</summary>
    public string? Checkpoint
    {
        get
        {
            Trim();
            return All.Count == 1 ? First.Checkpoint : _checkpoint;
        }
    }

    private ShardEngine First => All[0].Engine;

    /// <summary>A page of the shard was read; see <see cref="ShardEngine.Read"/>.</summary>
    public void Read(IReadOnlyList<StreamEntry> records, bool atTip, DateTimeOffset startedAt, DateTimeOffset now)
    {
        if (All.Count == 1)
        {
            First.Read(records, atTip, startedAt, now);
            return;
        }

        Trim();
        foreach (StreamEntry record in records)
        {
            _read.Enqueue(record.SequenceNumber);
        }

        ILookup<int, StreamEntry> byLane = records.ToLookup(LaneOf);
        for (int lane = 0; lane < All.Count; lane++)
        {
            All[lane].Engine.Read([.. byLane[lane]], atTip, startedAt, now);
        }
    }

    /// <summary>The shard is closed and was read to its end.</summary>
    public void EndOfShard()
    {
        foreach (ShardLane lane in All)
        {
            lane.Engine.EndOfShard();
        }
    }

    private void Trim()
    {
        HashSet<string?> unfinished = [.. All.Select(lane => lane.Engine.Oldest?.SequenceNumber)];
        while (_read.TryPeek(out string? next) && !unfinished.Contains(next))
        {
            _checkpoint = _read.Dequeue();
        }
    }

    /// <summary>FNV-1a over the item's key, attribute by attribute in the order of their names: the same item has the same lane in every run.</summary>
    private int LaneOf(StreamEntry record)
    {
        using JsonDocument json = ForeignJson.Document(record.Json);
        uint hash = 2166136261;
        foreach (JsonProperty attribute in json.RootElement.GetProperty("dynamodb").GetProperty("Keys").EnumerateObject().OrderBy(a => a.Name, StringComparer.Ordinal))
        {
            foreach (byte b in Encoding.UTF8.GetBytes($"{attribute.Name}={attribute.Value.GetRawText()};"))
            {
                hash = (hash ^ b) * 16777619;
            }
        }

        return (int)(hash % (uint)All.Count);
    }
}
