using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.Tests.Protocols;

/// <summary>A request that an operation understands, and the ways to say another input in the operation's own protocol.</summary>
/// <param name="Service">The service.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Input">All its members, wherever the protocol puts them.</param>
internal sealed record ExampleRequest(AwsService Service, AwsOperation Operation, JsonNode Input)
{
    /// <summary>Before the name of a member that is a header which no table names.</summary>
    public const string Header = "header:";

    private static readonly byte[] NotUtf8 = [0xC0, 0xAE, 0xFF];

    private bool IsForm => Service.SpokenIn is QueryProtocol;

    /// <summary>The request that says this JSON, which may be broken.</summary>
    public AwsRequest With(string json) =>
        IsForm ? Form(FormOf(json)) : Operation.Route is { } ? Rest(json) : Rpc(Encoding.UTF8.GetBytes(json));

    /// <summary>Requests whose body is broken as a whole, or holds bytes that are not text.</summary>
    public IEnumerable<AwsRequest> Broken(IEnumerable<string> bodies)
    {
        byte[][] all = [.. bodies.Select(Encoding.UTF8.GetBytes), NotUtf8, [.. "{\""u8, .. NotUtf8, .. "\":1}"u8], [.. "{\"a\":\""u8, .. NotUtf8, .. "\"}"u8]];
        foreach (byte[] body in all)
        {
            if (IsForm)
            {
                yield return Form($"&{Encoding.Latin1.GetString(body)}");
                yield return Form($"&Name={Encoding.Latin1.GetString(body)}&a.b.c={Encoding.Latin1.GetString(body)}");
            }
            else
            {
                yield return Operation.Route is null ? Rpc(body) : Rest(Input.ToJsonString()) with { Body = body };
            }
        }

        foreach (string text in (string[])["%FF", "%ED%A0%80", "%", "%zz", "%00%01", "a.entry.x.key=1", "Attributes.entry.1.value=v", "Attributes.entry.999999999999.key=v", new('.', 20_000)])
        {
            yield return IsForm ? Form($"&{text}={text}&Name={text}&{text}.{text}={text}") : Rest(Input.ToJsonString(), text);
        }
    }

    private AwsRequest Rpc(byte[] body) => Request("POST", "/", body, ("X-Amz-Target", ((JsonRpcProtocol)Service.SpokenIn).Prefix + Operation.Name));

    private AwsRequest Form(string parameters) => Request(
        "POST",
        "/",
        Encoding.Latin1.GetBytes($"Action={Operation.Name}&Version=2010-03-31{parameters}"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Authorization", $"AWS4-HMAC-SHA256 Credential=a/20261129/us-east-1/{Service.Name}/aws4_request, SignedHeaders=host, Signature=x"));

    /// <summary>The members go where the signature of the operation wants them; every one of them may be replaced by a text.</summary>
    private AwsRequest Rest(string json, string? everywhere = null)
    {
        if (Operation.Route is not { } route)
        {
            return Rpc(Encoding.UTF8.GetBytes(json));
        }

        Dictionary<string, string> members = MembersOf(json);
        string body = members.Count == 0 || Operation.Input is null || Operation.TakesPayload ? json : Without(json, route.Holds);
        string? ValueOf(string member) => everywhere ?? members.GetValueOrDefault(member.TrimEnd('+'));
        string path = string.Join('/', route.Path.Select(segment => segment[0] == '{' ? Uri.EscapeDataString(ValueOf(segment[1..^1]) ?? "") : segment));
        string query = string.Join('&', route.Query.Where(name => ValueOf(name) is not null).Select(name => $"{name}={(everywhere is null ? Uri.EscapeDataString(ValueOf(name)!) : everywhere)}"));
        return Request(route.Method, $"/{path}", Encoding.UTF8.GetBytes(body), [
            .. route.Headers.Where(header => ValueOf(header.Key) is not null).Select(header => (header.Value, ValueOf(header.Key)!)),
            .. members.Where(member => member.Key.StartsWith(Header, StringComparison.Ordinal)).Select(member => (member.Key[Header.Length..], everywhere ?? member.Value)),
            ("Authorization", $"AWS4-HMAC-SHA256 Credential=a/20261129/us-east-1/{(Service.Name == "socialmessaging" ? "social-messaging" : Service.Name)}/aws4_request, SignedHeaders=host, Signature=x")]) with
        { Query = new QueryCollection(QueryHelpers.ParseQuery(query)) };
    }

    private static AwsRequest Request(string method, string path, byte[] body, params IEnumerable<(string Name, string Value)> headers)
    {
        var all = new HeaderDictionary { ["Host"] = "127.0.0.1" };
        foreach ((string name, string value) in headers)
        {
            all[name] = value;
        }

        return new AwsRequest(method, path, QueryCollection.Empty, all, body);
    }

    /// <summary>The members as texts; of JSON that cannot be read none.</summary>
    private static Dictionary<string, string> MembersOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 100_000 });
            return document.RootElement.EnumerateObject().DistinctBy(m => m.Name).ToDictionary(member => member.Name, member => TextOf(member.Value));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }

    private static string Without(string json, Func<string, bool> outside)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 100_000 });
        return $"{{{string.Join(",", document.RootElement.EnumerateObject().Where(m => !outside(m.Name)).Select(m => $"{JsonSerializer.Serialize(m.Name)}:{m.Value.GetRawText()}"))}}}";
    }

    private static string FormOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
            return string.Concat(Parameters("", document.RootElement).Select(p => $"&{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return $"&Name={json}";
        }
    }

    private static IEnumerable<(string Name, string Value)> Parameters(string name, JsonElement value)
    {
        string prefix = name.Length == 0 ? "" : $"{name}.";
        return value.ValueKind switch
        {
            JsonValueKind.Object when name.EndsWith("Attributes", StringComparison.Ordinal) => value.EnumerateObject().SelectMany((entry, i) => entry.Value.ValueKind == JsonValueKind.Object
                ? Parameters($"{prefix}entry.{i + 1}.Value", entry.Value).Prepend(($"{prefix}entry.{i + 1}.Name", entry.Name))
                : Parameters($"{prefix}entry.{i + 1}.value", entry.Value).Prepend(($"{prefix}entry.{i + 1}.key", entry.Name))),
            JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Parameters($"{prefix}{member.Name}", member.Value)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany((element, i) => Parameters($"{prefix}member.{i + 1}", element)),
            JsonValueKind.String => [(name, value.GetString()!)],
            _ => [(name, value.GetRawText())],
        };
    }
}
