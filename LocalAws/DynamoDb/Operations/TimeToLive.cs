using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Operations;

/// <summary>
/// Deletes expired items: those whose attribute is a Number of epoch seconds in the past, but not five years or more in the past (Developer
/// Guide, "How it works: DynamoDB Time to Live"). Costs no write units.
/// </summary>
internal sealed class TimeToLive(TableDirectory tables, TimeProvider time)
{
    private const int OldestYears = 5;

    public void Sweep()
    {
        foreach (Table table in tables.All)
        {
            using (table.Enter(evenIfDeleted: true))
            {
                if (table.TimeToLiveAttribute is { } attribute)
                {
                    Sweep(table, attribute, time.GetUtcNow());
                }
            }
        }
    }

    private static void Sweep(Table table, string attribute, DateTimeOffset now)
    {
        long latest = now.ToUnixTimeSeconds();
        long earliest = now.AddYears(-OldestYears).ToUnixTimeSeconds();
        var expired = new List<PlacedItem>();
        foreach (ItemCollection collection in table.Items.InScanOrder())
        {
            for (int i = 0; i < collection.Count; i++)
            {
                if (collection[i].Item[attribute] is NumberValue value && value.Number.ToInt64() is { } seconds && seconds < latest && seconds > earliest)
                {
                    expired.Add(collection[i]);
                }
            }
        }

        foreach ((ItemPosition position, AttributeMap item) in expired)
        {
            table.Replace(position, item, null, now, expired: true);
        }
    }
}
