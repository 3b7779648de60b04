using System.Text;
using System.Text.Json.Nodes;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.Tests.Protocols;

/// <summary>
/// Every operation of every service, as the tables declare them, gets every member broken in every way: null, wrong kinds, empty, doubled and endless elements, deep
/// nesting, text that is not Unicode. Whatever comes back is an answer or the service's own refusal; never a fault of the cloud, and never nothing.
/// </summary>
public sealed class HostileInputTests
{
    /// <summary>Stands in the example for JSON that no tree can hold, such as half a surrogate pair.</summary>
    private const string Raw = "@raw@";

    private static readonly string Deep = new string('[', 70) + new string(']', 70);
    private static readonly string Deeper = new string('[', 1100) + new string(']', 1100);
    private static readonly string VeryDeep = new string('[', 20_000) + new string(']', 20_000);

    private static readonly string[] Values =
    [
        "null", "true", "7", "-1", "0", "1.5", "1e400", "99999999999999999999", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\\u0001\\uffff\"", "\"\\uDC00\\uD800\"",
        $"\"{new string('y', 70_000)}\"", "[]", "{}", "[null]", "[[]]", "[7]", "[\"x\",\"x\"]", "[{}]", "[{},null]", "{\"a\":null}", "{\"a\":7}", "{\"a\":{}}", "{\"\":\"\"}",
        "{\"\\ud800\":\"a\"}", "{\"a\":\"b\",\"a\":\"c\"}", Deep, Deeper,
    ];

    private static readonly string[] Bodies = ["", "null", "7", "\"x\"", "[]", "[null]", "{", "{}", "{\"a\"", Deep, VeryDeep, "{\"\\ud800\":1}", "\uFFFF", new string('{', 1000)];

    public static TheoryData<string, string> Operations => [.. new LocalCloud().Endpoint.Services.OfType<AwsService>()
        .SelectMany(service => service.Operations.Select(operation => (service.Name, operation.Name)))];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task No_input_makes_an_operation_fail_by_a_fault_of_its_own(string serviceName, string operationName)
    {
        await using var world = await HostileWorld.CreateAsync();
        var service = (AwsService)world.Cloud.Endpoint.Services.Single(s => s.Name == serviceName);
        AwsOperation operation = service.Operations.Single(o => o.Name == operationName);
        ExampleRequest example = world.Example(service, operation);
        int counted = 0;
        world.Cloud.Endpoint.CallCompleted += call => counted += call.Service == serviceName ? 1 : 0;

        int sent = 0;
        foreach (AwsRequest request in Requests(example))
        {
            AwsResponse response = await world.Cloud.Endpoint.AnswerAsync(request, TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.True(
                response.StatusCode is < 500 or 501, $"{response.StatusCode} {Encoding.UTF8.GetString(response.Body.Span)}\nfor {request.Method} {request.Path} {Encoding.UTF8.GetString(request.Body.Span)}");
            sent++;
            await world.RestoreAsync();
        }

        Assert.InRange(sent, 1, int.MaxValue);
        Assert.InRange(counted, 1, sent);
    }

    private static IEnumerable<AwsRequest> Requests(ExampleRequest example)
    {
        yield return example.With(example.Input.ToJsonString());
        foreach (AwsRequest request in example.Broken(Bodies))
        {
            yield return request;
        }

        foreach (string[] path in PathsOf(example.Input, []))
        {
            foreach (string value in Values)
            {
                yield return example.With(Changed(example.Input, path, (parent, key) => Set(parent, key, Raw)).Replace($"\"{Raw}\"", value, StringComparison.Ordinal));
            }

            yield return example.With(Changed(example.Input, path, Remove));
            yield return example.With(Changed(example.Input, path, (parent, key) => (parent as JsonArray)?.Add(parent[int.Parse(key)]!.DeepClone())));
            yield return example.With(Changed(example.Input, path, (parent, _) => (parent as JsonArray)?.Add(null)));
            yield return example.With(Changed(example.Input, path, (parent, key) => Multiply(parent as JsonArray, key)));
            yield return example.With(Changed(example.Input, path, (parent, _) => (parent as JsonObject)?.Add(Raw, 1)).Replace(Raw, "\\ud83d", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string[]> PathsOf(JsonNode? node, string[] path) => node switch
    {
        JsonObject members => members.SelectMany(member => PathsOf(member.Value, [.. path, member.Key]).Prepend([.. path, member.Key])),
        JsonArray elements => elements.SelectMany((element, i) => PathsOf(element, [.. path, $"{i}"]).Prepend([.. path, $"{i}"])),
        _ => [],
    };

    private static string Changed(JsonNode example, string[] path, Action<JsonNode, string> change)
    {
        JsonNode copy = example.DeepClone();
        change(path[..^1].Aggregate(copy, (node, key) => Child(node, key)!), path[^1]);
        return copy.ToJsonString();
    }

    private static JsonNode? Child(JsonNode node, string key) => node is JsonArray ? node[int.Parse(key)] : node[key];

    private static void Set(JsonNode parent, string key, JsonNode value)
    {
        if (parent is JsonArray list)
        {
            list[int.Parse(key)] = value;
        }
        else
        {
            parent[key] = value;
        }
    }

    private static void Remove(JsonNode parent, string key)
    {
        if (parent is JsonArray list)
        {
            list.RemoveAt(int.Parse(key));
        }
        else
        {
            parent.AsObject().Remove(key);
        }
    }

    private static void Multiply(JsonArray? list, string key)
    {
        for (int i = 0; list is not null && i < 1100; i++)
        {
            list.Add(list[int.Parse(key)]!.DeepClone());
        }
    }
}
