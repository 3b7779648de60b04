namespace LocalAws.DynamoDb.Tables;

/// <summary>How many capacity units reads and writes of a size consume (Developer Guide, "Read and write operations").</summary>
internal static class CapacityUnits
{
    private const int WriteBytes = 1024;
    private const int ReadBytes = 4096;

    /// <summary>One per kilobyte begun; at least one.</summary>
    public static double Write(int bytes) => Math.Max(1, Ceiling(bytes, WriteBytes));

    /// <summary>One per four kilobytes begun, half for eventual consistency; at least that much even when nothing was found.</summary>
    public static double Read(long bytes, bool consistent) => Math.Max(1, Ceiling(bytes, ReadBytes)) * (consistent ? 1 : 0.5);

    private static long Ceiling(long bytes, int unit) => (bytes + unit - 1) / unit;
}

/// <summary>What one operation consumed of one table.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Table">Units of the table itself.</param>
/// <param name="Indexes">Units by index.</param>
/// <param name="Transactional">For transactions AWS says too whether the units are for reading or writing: <c>ReadCapacityUnits</c> or <c>WriteCapacityUnits</c>.</param>
internal sealed record ConsumedCapacity(string TableName, double Table, IReadOnlyDictionary<string, double> Indexes, string? Transactional = null)
{
    public static IReadOnlyDictionary<string, double> NoIndexes { get; } = new Dictionary<string, double>();

    public double Total => Table + Indexes.Values.Sum();

    public ConsumedCapacity Plus(ConsumedCapacity other) => this with
    {
        Table = Table + other.Table,
        Indexes = Indexes.Concat(other.Indexes).GroupBy(i => i.Key, i => i.Value).ToDictionary(g => g.Key, g => g.Sum()),
    };

    public ConsumedCapacity Times(int factor, string transactional) => this with
    {
        Table = Table * factor,
        Indexes = Indexes.ToDictionary(i => i.Key, i => i.Value * factor),
        Transactional = transactional,
    };
}
