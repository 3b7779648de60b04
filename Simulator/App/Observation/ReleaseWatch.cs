using System.Text;
using System.Text.Json;
using LocalAws.Endpoint;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Observation;

/// <summary>
/// Sees which messages were let go together, and why: by the seal that the event handler writes on the first of the aggregates that it joins. What a window joined needs none, and has no reason but its end.
/// </summary>
/// <param name="released">Is told of each message: its id, and why it was let go.</param>
internal sealed class ReleaseWatch(Action<string, string> released)
{
    private const string Event = "event";
    private const string Seal = ":seal";
    private const int Capacity = 10_000;

    /// <summary>Ids of messages, by the item that they wait in.</summary>
    private readonly Newest<string[]> _waiting = new(Capacity);

    /// <summary>Watches for aggregates being put into the outbox, and for seals.</summary>
    public void OnCall(AwsCall call)
    {
        if (call is not { Service: "dynamodb", ErrorCode: null })
        {
            return;
        }

        switch (call.Operation)
        {
            case "TransactWriteItems" when call.Request.Body.Span.IndexOf("message_ids"u8) >= 0:
                NoteWaiting(call.Request.Body);
                break;
            case "UpdateItem" when call.Request.Body.Span.IndexOf(":seal"u8) >= 0:
                TellReleased(call.Request.Body);
                break;
        }
    }

    public void Clear() => _waiting.Clear();

    private void NoteWaiting(ReadOnlyMemory<byte> request)
    {
        using JsonDocument json = ForeignJson.Document(request);
        foreach (JsonElement put in json.RootElement.GetProperty("TransactItems").EnumerateArray().SelectMany(item => item.EnumerateObject()).Where(action => action.NameEquals("Put")).Select(action => action.Value))
        {
            JsonElement item = put.GetProperty("Item");
            if (item.TryGetProperty(Event, out JsonElement aggregated))
            {
                using JsonDocument value = Inner(aggregated.GetProperty("S").GetString()!);
                string[] ids = [.. value.RootElement.GetProperty("aggregation").GetProperty("message_ids").EnumerateArray().Select(id => id.GetString()!)];
                _waiting.AddOrUpdate(Place(item, Text(item, Tables.ActiveConnections.SortKey)), () => ids, _ => ids);
            }
        }
    }

    private void TellReleased(ReadOnlyMemory<byte> request)
    {
        using JsonDocument json = ForeignJson.Document(request);
        JsonElement key = json.RootElement.GetProperty("Key");
        using JsonDocument seal = Inner(Text(json.RootElement.GetProperty("ExpressionAttributeValues"), Seal));
        string reason = seal.RootElement.GetProperty("Reason").GetString()!;
        foreach (string id in seal.RootElement.GetProperty("Items").EnumerateArray().SelectMany(item => _waiting.Find(Place(key, item.GetString()!)) ?? []))
        {
            released(id, reason);
        }
    }

    private static JsonDocument Inner(string json) => ForeignJson.Document(Encoding.UTF8.GetBytes(json));

    private static string Place(JsonElement item, string sortKey) => $"{Text(item, Tables.ActiveConnections.PartitionKey)} {sortKey}";

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetProperty("S").GetString()!;
}
