using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WhatsAppBuffer.Conformance;

/// <summary>Answers with all that may rightly differ between two homes made equal: accounts, dates, ids, the order of sets and of scans.</summary>
internal static partial class Normal
{
    /// <summary>Members whose presence is compared, not their value.</summary>
    private static readonly string[] Stamps =
    [
        "CreationDateTime", "LastUpdateToPayPerRequestDateTime", "ApproximateCreationDateTime", "LatestStreamLabel", "eventID", "SequenceNumber", "awsRegion",
        "StartingSequenceNumber", "EndingSequenceNumber", "ShardId", "StreamLabel", "CreationRequestDateTime",
    ];

    /// <summary>Members that are not compared, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> Ignored = new Dictionary<string, string>
    {
        ["TableId"] = "DynamoDB Local of 2020 has no table ids; AWS has.",
        ["DeletionProtectionEnabled"] = "AWS answers it since 2023; this DynamoDB Local is from 2020.",
        ["NumberOfDecreasesToday"] = "DynamoDB Local leaves it out of indexes; AWS does not.",
        ["LastIncreaseDateTime"] = "DynamoDB Local answers the year 1970 where AWS leaves the member out.",
        ["LastDecreaseDateTime"] = "DynamoDB Local answers the year 1970 where AWS leaves the member out.",
    };

    /// <summary>The answer as one line of text.</summary>
    public static string Of(Step step, Answer answer, string table)
    {
        JsonNode body = answer.Body.DeepClone();
        if (answer.Status != 200)
        {
            string type = body["__type"]?.GetValue<string>() ?? "";
            string message = (body["message"] ?? body["Message"])?.GetValue<string>() ?? "";
            string reasons = body["CancellationReasons"] is { } all ? " " + Sorted(all)!.ToJsonString(Relaxed) : "";
            return Anonymous($"{answer.Status} {type[(type.IndexOf('#') + 1)..]}: {message}{reasons}", table);
        }

        if (step.Operation is "Scan" or "BatchGetItem")
        {
            SortItems(body);
        }

        if (step.Operation == "Query" && step.Json.Contains("'IndexName'", StringComparison.Ordinal))
        {
            SortTies(body, "h");
        }

        return Anonymous($"200 {Sorted(body)!.ToJsonString(Relaxed)}", table);
    }

    /// <summary>A stream record, without what is the home's own.</summary>
    public static string Of(JsonNode record, string table) => Anonymous(Sorted(record.DeepClone())!.ToJsonString(Relaxed), table);

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    private static string Anonymous(string text, string table) =>
        ArnLead().Replace(StreamLabel().Replace(text, "/stream/LABEL"), "arn:aws:dynamodb:REGION:ACCOUNT:").Replace(table, "tab", StringComparison.Ordinal);

    /// <summary>Members by name, sets by value, stamps by their mere presence.</summary>
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } set when set.First() is { Key: "SS" or "NS" or "BS", Value: JsonArray members } =>
            new JsonObject { [set.First().Key] = new JsonArray([.. members.OrderBy(m => m!.GetValue<string>(), StringComparer.Ordinal).Select(m => m!.DeepClone())]) },
        JsonObject all => new JsonObject(all.Where(m => !Ignored.ContainsKey(m.Key)).OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => KeyValuePair.Create(m.Key, IsStamp(m.Key, m.Value) ? "…" : m is { Key: "GlobalSecondaryIndexes", Value: JsonArray indexes } ? InOrder(indexes) : Sorted(m.Value)))),
        JsonArray all => new JsonArray([.. all.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static bool IsStamp(string name, JsonNode? value) => value is JsonValue && Stamps.Contains(name);

    private static void SortItems(JsonNode body)
    {
        if (body["Items"] is JsonArray items)
        {
            body["Items"] = InOrder(items);
        }

        if (body["Responses"] is JsonObject tables)
        {
            foreach (string name in tables.Select(t => t.Key).ToList())
            {
                tables[name] = InOrder(tables[name]!.AsArray());
            }
        }
    }

    /// <summary>Items of an index that have the same sort key, or none, have no order among them.</summary>
    private static void SortTies(JsonNode body, string sortKey)
    {
        if (body["Items"] is JsonArray items)
        {
            IEnumerable<IGrouping<string, JsonNode?>> byKey = items.GroupBy(i => i![sortKey]?.ToJsonString() ?? "");
            body["Items"] = new JsonArray([.. byKey.SelectMany(ties => InOrder(new JsonArray([.. ties.Select(i => i!.DeepClone())]))).Select(i => i!.DeepClone())]);
        }
    }

    private static JsonArray InOrder(JsonArray items) => new([.. items.Select(Sorted).OrderBy(i => i!.ToJsonString(), StringComparer.Ordinal)]);

    [GeneratedRegex("arn:aws:dynamodb:[a-z0-9-]+:[0-9]{12}:")]
    private static partial Regex ArnLead();

    [GeneratedRegex("/stream/[0-9T:.-]+")]
    private static partial Regex StreamLabel();
}
