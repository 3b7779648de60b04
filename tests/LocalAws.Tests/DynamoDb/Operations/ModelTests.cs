using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace LocalAws.DynamoDb.Operations;

/// <summary>Random histories against the simplest model there is: a dictionary.</summary>
public sealed class ModelTests
{
    internal static class Histories
    {
        public static Arbitrary<Step[]> Arbitrary() => Gen.Choose(0, 3)
            .SelectMany(_ => Gen.Choose(0, 2), (kind, p) => (kind, p))
            .SelectMany(_ => Gen.Choose(-3, 3), (x, r) => (x.kind, x.p, r))
            .SelectMany(_ => Gen.Choose(0, 2), (x, v) => new Step((StepKind)x.kind, "p" + x.p, x.r, v))
            .ArrayOf()
            .ToArbitrary();
    }

    internal enum StepKind
    {
        Put,
        PutIfAbsent,
        Add,
        Delete,
    }

    internal sealed record Step(StepKind Kind, string P, int R, int V);

    [Fact]
    public void Tables_indexes_and_streams_tell_the_same_story_as_a_dictionary() =>
        Prop.ForAll(Histories.Arbitrary(), steps => Holds(steps)).QuickCheckThrowOnFailure();

    private static bool Holds(Step[] steps)
    {
        using var table = new EmbeddedTable("NEW_AND_OLD_IMAGES", indexes:
            ", 'GlobalSecondaryIndexes': [{'IndexName': 'by-g', 'KeySchema': [{'AttributeName': 'g', 'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'ALL'}}]");
        var model = new Dictionary<(string P, int R), int>();
        foreach (Step step in steps)
        {
            Apply(table, model, step);
        }

        string expected = Show(model.Select(m => (m.Key.P, m.Key.R, m.Value)));
        return Show(ItemsOf(table.Send("Scan", "'TableName': 'tab'"))) == expected
            && Show(model.Keys.Select(k => k.P).Distinct().SelectMany(p => QueryInPages(table, p))) == expected
            && Show(model.Values.Distinct().SelectMany(v => QueryIndex(table, v))) == expected
            && Show(Replay(table)) == expected
            && table.Engine.Statistics().Single().ItemCount == model.Count;
    }

    private static void Apply(EmbeddedTable table, Dictionary<(string P, int R), int> model, Step step)
    {
        (string, int) key = (step.P, step.R);
        switch (step.Kind)
        {
            case StepKind.Put:
                table.Put(step.P, step.R, Value(step.V));
                model[key] = step.V;
                break;
            case StepKind.PutIfAbsent:
                string members = $"'Item': {EmbeddedTable.Item(step.P, step.R, Value(step.V))}, 'ConditionExpression': 'attribute_not_exists(p)'";
                if (model.TryAdd(key, step.V))
                {
                    table.Send("PutItem", $"'TableName': 'tab', {members}");
                }
                else
                {
                    Assert.Equal("ConditionalCheckFailedException", table.Fail("PutItem", members).Code);
                }

                break;
            case StepKind.Add:
                model[key] = model.GetValueOrDefault(key) + step.V;
                table.Update(step.P, step.R, "ADD n :v SET g = :g", $"':v': {{'N': '{step.V}'}}, ':g': {{'S': 'g{model[key]}'}}");
                break;
            default:
                table.Delete(step.P, step.R);
                model.Remove(key);
                break;
        }
    }

    /// <summary>The table as a reader of its stream knows it.</summary>
    private static IEnumerable<(string P, int R, int V)> Replay(EmbeddedTable table)
    {
        var known = new Dictionary<string, JsonNode>();
        foreach (JsonNode record in table.RecordsAsync().GetAwaiter().GetResult())
        {
            JsonNode change = record["dynamodb"]!;
            string key = change["Keys"]!.ToJsonString();
            Assert.True(JsonNode.DeepEquals(known.GetValueOrDefault(key), change["OldImage"]));
            Assert.Equal(change["OldImage"] is null ? "INSERT" : change["NewImage"] is null ? "REMOVE" : "MODIFY", record["eventName"]!.GetValue<string>());
            Assert.False(JsonNode.DeepEquals(change["OldImage"], change["NewImage"]));
            if (change["NewImage"] is { } image)
            {
                known[key] = image;
            }
            else
            {
                known.Remove(key);
            }
        }

        return known.Values.Select(Item);
    }

    private static IEnumerable<(string P, int R, int V)> QueryInPages(EmbeddedTable table, string p)
    {
        string start = "";
        int? last = null;
        do
        {
            JsonNode page = table.Send("Query", $"'TableName': 'tab', 'KeyConditionExpression': 'p = :p', 'ExpressionAttributeValues': {{':p': {{'S': '{p}'}}}}, 'Limit': 2{start}");
            foreach ((string P, int R, int V) item in ItemsOf(page))
            {
                Assert.True(last is null || item.R > last);
                last = item.R;
                yield return item;
            }

            start = page["LastEvaluatedKey"] is { } key ? $", 'ExclusiveStartKey': {key.ToJsonString()}" : "";
        }
        while (start.Length > 0);
    }

    private static IEnumerable<(string P, int R, int V)> QueryIndex(EmbeddedTable table, int v) => ItemsOf(table.Send("Query",
        $"'TableName': 'tab', 'IndexName': 'by-g', 'KeyConditionExpression': 'g = :g', 'ExpressionAttributeValues': {{':g': {{'S': 'g{v}'}}}}"));

    private static IEnumerable<(string P, int R, int V)> ItemsOf(JsonNode page) => page["Items"]!.AsArray().Select(i => Item(i!));

    private static (string P, int R, int V) Item(JsonNode item) =>
        (item["p"]!["S"]!.GetValue<string>(), int.Parse(item["r"]!["N"]!.GetValue<string>()), int.Parse(item["n"]!["N"]!.GetValue<string>()));

    private static string Value(int v) => $"'n': {{'N': '{v}'}}, 'g': {{'S': 'g{v}'}}";

    private static string Show(IEnumerable<(string P, int R, int V)> items) => string.Join(' ', items.Order());
}
