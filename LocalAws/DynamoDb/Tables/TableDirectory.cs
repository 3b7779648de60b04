using System.Collections.Concurrent;

namespace LocalAws.DynamoDb.Tables;

/// <summary>All tables by name.</summary>
internal sealed class TableDirectory
{
    private readonly ConcurrentDictionary<string, Table> _tables = new(StringComparer.Ordinal);

    /// <summary>All tables, by name.</summary>
    public IReadOnlyList<Table> All => [.. _tables.Values.OrderBy(t => t.Name, StringComparer.Ordinal)];

    public Table? Find(string name) => _tables.GetValueOrDefault(name);

    /// <exception cref="Endpoint.AwsException"><c>ResourceNotFoundException</c>: there is no such table.</exception>
    public Table Get(string name) => Find(name) ?? throw DynamoDbError.ResourceNotFound();

    public bool TryAdd(Table table) => _tables.TryAdd(table.Name, table);

    public void Remove(string name) => _tables.TryRemove(name, out _);

    public void Clear() => _tables.Clear();
}
