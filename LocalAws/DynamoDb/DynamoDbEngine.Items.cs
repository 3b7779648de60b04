using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb;

/// <summary>Tables and items without a client, so that a test can set up and look inside. An item is plain JSON: strings, numbers, booleans, null, arrays and objects; sets come out as arrays, binaries as base64.</summary>
public sealed partial class DynamoDbEngine
{
    /// <summary>Creates an on-demand table whose keys are strings; another kind takes an AWS client.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hashKey">Name of the partition key.</param>
    /// <param name="rangeKey">Name of the sort key, or null.</param>
    /// <param name="streamViewType">What its stream shows, such as <c>NEW_IMAGE</c>; null for no stream.</param>
    /// <returns>The ARN of its stream, for an event source mapping; null when it has none.</returns>
    /// <exception cref="AwsException"><c>ResourceInUseException</c>: the name is taken; <c>ValidationException</c>: a name or the view cannot be.</exception>
    public string? CreateTable(string name, string hashKey, string? rangeKey = null, string? streamViewType = null)
    {
        string[] keys = rangeKey is null ? [hashKey] : [hashKey, rangeKey];
        var request = new JsonObject
        {
            ["TableName"] = name,
            ["BillingMode"] = "PAY_PER_REQUEST",
            ["KeySchema"] = new JsonArray([.. keys.Select((key, place) => new JsonObject { ["AttributeName"] = key, ["KeyType"] = place == 0 ? "HASH" : "RANGE" })]),
            ["AttributeDefinitions"] = new JsonArray([.. keys.Distinct().Select(key => new JsonObject { ["AttributeName"] = key, ["AttributeType"] = "S" })]),
        };
        if (streamViewType is not null)
        {
            request["StreamSpecification"] = new JsonObject { ["StreamEnabled"] = true, ["StreamViewType"] = streamViewType };
        }

        using JsonDocument json = ForeignJson.Document(request.ToJsonString());
        return Administrator.Create(new TableRequest("CreateTable", json.RootElement)).Description.LatestStreamArn;
    }

    /// <summary>Puts an item, in place of the one with its key if there is one. It is in the stream, and counts as written.</summary>
    /// <param name="tableName">The table.</param>
    /// <param name="item">All of it.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>: no such table; <c>ValidationException</c>: the item does not fit it.</exception>
    public void Put(string tableName, JsonObject item)
    {
        var request = new JsonObject { ["TableName"] = tableName, ["Item"] = PlainJson.ToAttributes(item) };
        var json = ForeignJson.Reader(Encoding.UTF8.GetBytes(request.ToJsonString()));
        json.Read();
        Writer.Put(ItemRequest.Read(ref json, "PutItem"));
    }

    /// <summary>The item with a key; null when there is none. Looking costs no read units.</summary>
    /// <param name="tableName">The table.</param>
    /// <param name="hashKey">The partition key's value.</param>
    /// <param name="rangeKey">The sort key's value; null where the table has none.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>: no such table.</exception>
    public JsonObject? Get(string tableName, string hashKey, string? rangeKey = null)
    {
        Table table = Tables.Get(tableName);
        using (table.Enter())
        {
            KeySchema keys = table.Description.Keys;
            var key = new Dictionary<string, AttributeValue> { [keys.Hash.Name] = new StringValue(hashKey) };
            if (rangeKey is not null && keys.Range is { } range)
            {
                key[range.Name] = new StringValue(rangeKey);
            }

            var attributes = new AttributeMap(key);
            KeyCheck.CheckKey(keys, attributes);
            return table.Items.Get(ItemPosition.InTable(keys, attributes)) is { } item ? PlainJson.Of(item) : null;
        }
    }

    /// <summary>All items, in the order of a scan. Looking costs no read units.</summary>
    /// <param name="tableName">The table.</param>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>: no such table.</exception>
    public IReadOnlyList<JsonObject> Scan(string tableName)
    {
        Table table = Tables.Get(tableName);
        using (table.Enter())
        {
            return [.. table.Items.InScanOrder().SelectMany(collection => Enumerable.Range(0, collection.Count).Select(place => PlainJson.Of(collection[place].Item)))];
        }
    }
}
