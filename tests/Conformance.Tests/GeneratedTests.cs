using FsCheck;
using FsCheck.Fluent;

namespace WhatsAppBuffer.Conformance;

/// <summary>Sequences nobody thought of. FsCheck shrinks what differs to the shortest sequence that still does.</summary>
public sealed class GeneratedTests(Homes homes)
{
    private const int Sequences = 100;

    /// <summary>One request of a sequence, over few keys so that requests meet.</summary>
    internal sealed record Request(string Text);

    internal static class Requests
    {
        private static Gen<string> Key => Gen.Choose(0, 1).SelectMany(_ => Gen.Choose(0, 2), (p, r) => $"{{'p': {{'S': 'p{p}'}}, 'r': {{'N': '{r}'}}}}");

        private static Gen<string> Value => Gen.Elements(
            "{'N': '0'}", "{'N': '-7'}", "{'N': '12.5'}", "{'S': 'x'}", "{'S': 'xy'}", "{'BOOL': true}", "{'NULL': true}", "{'SS': ['a']}", "{'SS': ['a', 'b']}",
            "{'NS': ['1', '2']}", "{'L': [{'N': '1'}, {'S': 'y'}]}", "{'M': {'a': {'N': '3'}}}");

        private static Gen<string> Condition => Gen.Elements(
            "attribute_not_exists(p)", "attribute_exists(v)", "v = :c", "v <> :c", "v < :c", "NOT v >= :c", "size(v) > :n", "contains(v, :c)", "begins_with(v, :s)",
            "attribute_type(v, :t)", "v = :c OR attribute_exists(w)", "v BETWEEN :n AND :m", "v IN (:c, :s)", "attribute_exists(v.a) AND v.a > :n", "v[0] = :c");

        private static Gen<string> UpdateExpression => Gen.Elements(
            "SET v = :c", "SET w = v", "SET v = w, w = v", "SET v = if_not_exists(v, :n) + :m", "SET v = v - :m", "SET v.a = :c", "SET v[0] = :c", "SET v = list_append(v, :l)",
            "REMOVE v", "REMOVE v.a, w", "REMOVE v[0]", "ADD v :m", "ADD v :ss", "DELETE v :ss", "SET w = :c REMOVE v", "SET g = :s", "REMOVE g", "ADD v :m SET w = :c");

        private static Gen<string> ReturnValues => Gen.Elements("NONE", "ALL_OLD", "ALL_NEW");

        public static Arbitrary<Request[]> Arbitrary() => Arb.From(
            Gen.Frequency((3, Put), (3, Update), (2, Delete), (1, Get), (1, Query), (1, QueryIndex), (1, BatchWrite), (2, Transaction)).Select(text => new Request(text)).ArrayOf(),
            Shorter);

        /// <summary>Halves, then all but one. No requests at all never differ, so a single one is as short as can be.</summary>
        private static IEnumerable<Request[]> Shorter(Request[] requests) => requests.Length < 2
            ? []
            : [requests[..(requests.Length / 2)], requests[(requests.Length / 2)..], .. requests.Select((_, left) => requests.Where((_, i) => i != left).ToArray())];

        private static Gen<string> Item => Key.SelectMany(_ => Value, (key, value) => (key, value))
            .SelectMany(_ => Gen.Elements("", ", 'g': {'S': 'g0'}, 'h': {'N': '1'}", ", 'g': {'S': 'g1'}, 'h': {'N': '2'}"), (x, g) => $"{x.key[..^1]}, 'v': {x.value}{g}}}");

        private static Gen<string> Conditional(Gen<string> members) => Gen.OneOf(
            members,
            members.SelectMany(_ => Condition, (m, c) => $"{m}, 'ConditionExpression': '{c}'"));

        private static Gen<string> Put => Conditional(Item.Select(item => $"'Item': {item}")).SelectMany(_ => Gen.Elements("NONE", "ALL_OLD"),
            (members, returns) => WithValues($"PutItem {{'TableName': 'tab', {members}, 'ReturnValues': '{returns}'"));

        private static Gen<string> Delete => Conditional(Key.Select(key => $"'Key': {key}")).SelectMany(_ => Gen.Elements("NONE", "ALL_OLD"),
            (members, returns) => WithValues($"DeleteItem {{'TableName': 'tab', {members}, 'ReturnValues': '{returns}', 'ReturnConsumedCapacity': 'NONE'"));

        private static Gen<string> Update => Conditional(Key.SelectMany(_ => UpdateExpression, (key, update) => $"'Key': {key}, 'UpdateExpression': '{update}'"))
            .SelectMany(_ => ReturnValues, (members, returns) => WithValues($"UpdateItem {{'TableName': 'tab', {members}, 'ReturnValues': '{returns}'"));

        private static Gen<string> Get => Key.Select(key => $"GetItem {{'TableName': 'tab', 'Key': {key}, 'ConsistentRead': true}}");

        // No item has the upper bound for its key: a page that ends there is an accepted difference.
        private static Gen<string> Query => Gen.Elements("", " AND r > :q", " AND r BETWEEN :o AND :q").SelectMany(
            _ => Gen.Elements("", ", 'Limit': 2", ", 'ScanIndexForward': false", ", 'FilterExpression': 'attribute_exists(v)'", ", 'ProjectionExpression': 'r, w'"),
            (range, others) => WithValues($"Query {{'TableName': 'tab', 'KeyConditionExpression': 'p = :p{range}'{others}"));

        private static Gen<string> QueryIndex => Gen.Elements("by-g", "keys-by-g").SelectMany(
            _ => Gen.Elements("", ", 'Select': 'COUNT'"),
            (index, others) => WithValues($"Query {{'TableName': 'tab', 'IndexName': '{index}', 'KeyConditionExpression': 'g = :g'{others}"));

        private static Gen<string> BatchWrite => Item.SelectMany(_ => Key, (item, key) =>
            $"BatchWriteItem {{'RequestItems': {{'tab': [{{'PutRequest': {{'Item': {item}}}}}, {{'DeleteRequest': {{'Key': {key}}}}}]}}}}");

        private static Gen<string> Transaction => Part.SelectMany(_ => Part, (one, other) => $"TransactWriteItems {{'TransactItems': [{one}, {other}]}}");

        private static Gen<string> Part => Gen.OneOf(
            Conditional(Item.Select(item => $"'Item': {item}")).Select(m => Whole("Put", m)),
            Conditional(Key.SelectMany(_ => UpdateExpression, (key, update) => $"'Key': {key}, 'UpdateExpression': '{update}'")).Select(m => Whole("Update", m)),
            Conditional(Key.Select(key => $"'Key': {key}")).Select(m => Whole("Delete", m)),
            Key.SelectMany(_ => Condition, (key, condition) => $"'Key': {key}, 'ConditionExpression': '{condition}'").Select(m => Whole("ConditionCheck", m)));

        private static string Whole(string kind, string members) =>
            $"{{'{kind}': {WithValues($"{{'TableName': 'tab', {members}, 'ReturnValuesOnConditionCheckFailure': 'ALL_OLD'")}}}";

        private static readonly Dictionary<string, string> Values = new()
        {
            [":c"] = "{'N': '3'}", [":n"] = "{'N': '0'}", [":m"] = "{'N': '5'}", [":s"] = "{'S': 'x'}", [":t"] = "{'S': 'N'}", [":l"] = "{'L': [{'S': 'z'}]}", [":ss"] = "{'SS': ['a', 'c']}",
            [":p"] = "{'S': 'p0'}", [":q"] = "{'N': '1.5'}", [":o"] = "{'N': '0'}", [":g"] = "{'S': 'g0'}",
        };

        /// <summary>Closes the object, with the values that it uses.</summary>
        private static string WithValues(string open)
        {
            string used = string.Join(", ", Values.Where(v => System.Text.RegularExpressions.Regex.IsMatch(open, $@"{v.Key}\b")).Select(v => $"'{v.Key}': {v.Value}"));
            return $"{open}{(used.Length == 0 ? "" : $", 'ExpressionAttributeValues': {{{used}}}")}}}";
        }
    }

    [Fact]
    public void Generated_sequences_are_answered_alike()
    {
        _ = homes.DynamoDbLocal;
        Prop.ForAll(Requests.Arbitrary(), AlikeAsync).Check(Config.QuickThrowOnFailure.WithMaxTest(Sequences).WithEndSize(20));
    }

    private async Task<Property> AlikeAsync(Request[] requests)
    {
        string script = Comparison.UsualTable + string.Join('\n', requests.Select(r => r.Text));
        string differences = await new Comparison(homes).DifferencesAsync(Script.Parse(script));
        return (differences.Length == 0).Label(differences);
    }
}
