using LocalAws.DynamoDb.Operations;
using LocalAws.DynamoDb.Streams;
using LocalAws.DynamoDb.Tables;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb;

/// <summary>
/// DynamoDB with Streams and time to live, in memory. <see cref="DynamoDbService"/> and <see cref="DynamoDbStreamsService"/> speak its protocol,
/// <see cref="EmbeddedStreamSource"/> feeds event source mappings. Safe for any number of threads: each table has its own lock.
/// </summary>
public sealed partial class DynamoDbEngine : IDisposable
{
    private readonly ITimer _expiry;

    /// <summary>Creates an engine without tables and starts its sweeper of expired items.</summary>
    /// <param name="account">The account and region of every ARN.</param>
    /// <param name="time">The cloud's clock.</param>
    /// <param name="options">Choices, or null for the defaults.</param>
    public DynamoDbEngine(AwsAccount account, TimeProvider time, DynamoDbOptions? options = null)
    {
        DynamoDbOptions chosen = options ?? new DynamoDbOptions();
        Administrator = new TableAdministrator(Tables, Streams, account, time, chosen);
        Writer = new ItemWriter(Tables, time);
        Reader = new ItemReader(Tables);
        Searcher = new ItemSearcher(Tables);
        Batches = new BatchOperations(Tables, Writer);
        Transactions = new Transactions(Tables, time);
        TimeToLive = new TimeToLive(Tables, time);
        _expiry = time.CreateTimer(_ => TimeToLive.Sweep(), null, chosen.TimeToLiveInterval, chosen.TimeToLiveInterval);
    }

    internal TableDirectory Tables { get; } = new();

    internal StreamDirectory Streams { get; } = new();

    internal TableAdministrator Administrator { get; }

    internal ItemWriter Writer { get; }

    internal ItemReader Reader { get; }

    internal ItemSearcher Searcher { get; }

    internal BatchOperations Batches { get; }

    internal Transactions Transactions { get; }

    internal TimeToLive TimeToLive { get; }

    /// <summary>A snapshot of what each table holds and has consumed since it was created or reset, by table name.</summary>
    public IReadOnlyList<TableStatistics> Statistics() => [.. Tables.All.Select(StatisticsOf)];

    /// <summary>Drops all items, stream records, counters and remembered client tokens; tables, indexes, streams and their ARNs stay, so that readers go on.</summary>
    public void Reset()
    {
        Transactions.Clear();
        foreach (Table table in Tables.All)
        {
            using (table.Enter(evenIfDeleted: true))
            {
                table.Clear();
            }
        }
    }

    /// <summary>Drops everything, tables and streams too.</summary>
    public void Clear()
    {
        Transactions.Clear();
        Tables.Clear();
        Streams.Clear();
    }

    /// <summary>Closes a stream's shard and opens two children in its place, as AWS does when it splits a partition.</summary>
    /// <param name="streamArn">The stream.</param>
    /// <param name="shardId">An open shard.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>: there is no such stream or open shard.</exception>
    public void SplitShard(string streamArn, string shardId) => Streams.Get(streamArn).Split(shardId);

    /// <summary>Stops the sweeper.</summary>
    public void Dispose() => _expiry.Dispose();

    private static TableStatistics StatisticsOf(Table table)
    {
        using (table.Enter(evenIfDeleted: true))
        {
            return new TableStatistics(table.Name, table.Items.Count, table.Items.SizeBytes, table.ConsumedReadUnits, table.ConsumedWriteUnits)
            {
                IndexItemCounts = table.Indexes.ToDictionary(index => index.Description.IndexName, index => index.Items.Count),
            };
        }
    }
}

/// <summary>What one table holds and has consumed.</summary>
/// <param name="TableName">The table.</param>
/// <param name="ItemCount">How many items it holds now.</param>
/// <param name="SizeBytes">Their size as DynamoDB measures it.</param>
/// <param name="ConsumedReadUnits">Read request units, of the table and its indexes.</param>
/// <param name="ConsumedWriteUnits">Write request units, of the table and its indexes; refused conditional writes count, deletions by time to live do not.</param>
public sealed record TableStatistics(string TableName, int ItemCount, long SizeBytes, double ConsumedReadUnits, double ConsumedWriteUnits)
{
    /// <summary>How many items each of its indexes holds now, by index name.</summary>
    public IReadOnlyDictionary<string, int> IndexItemCounts { get; init; } = new Dictionary<string, int>();
}
