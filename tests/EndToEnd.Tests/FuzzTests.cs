using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Customers;

namespace EndToEnd.Tests;

/// <summary>Nothing that others send makes the whole system fall over.</summary>
public sealed class FuzzTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    /// <summary>Spelt as they stand in JSON.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e308", "9007199254740993", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "[]", "{}", "[null]", "[[[]]]", "{\"\":null}", "{\"a\\ud800\":1}", "{\"body\":null}", "\"" + new string('x', 5_000) + "\"", "\"😀\"", "\"a#b\"", "\"%23\"",
        "\"<script>alert(1)</script>\"", "\"__proto__\"", "\"../../etc/passwd\"", "\"a\\r\\nX: y\"", "\"image\"", "\"reaction\"", new string('[', 33) + new string(']', 33), new string('[', 300) + new string(']', 300),
    ];

    private static readonly string[] Members =
    [
        "id", "from", "from_user_id", "timestamp", "type", "text", "image", "contacts", "context", "referral", "errors", "metadata", "expiresAt", "receivedAt", "traceparent", "field", "contact", "reaction", "message_context", "",
    ];

    [Theory]
    [InlineData(1)]
    public async Task Whatever_stands_beside_it_in_an_event_each_good_message_arrives_once(int seed)
    {
        var random = new Random(seed);
        using var sns = new AmazonSimpleNotificationServiceClient(
            new BasicAWSCredentials("any", "any"), new AmazonSimpleNotificationServiceConfig { ServiceURL = simulator.Uri.ToString(), AuthenticationRegion = "us-east-1" });
        var good = new List<string>();
        for (int i = 0; i < 30; i++)
        {
            string customer = $"good {seed}.{i}";
            string first = Message(customer);
            string second = Broken(random, $"bad {seed}.{i}");
            string messages = random.Next(2) == 0 ? $"{first},{second}" : $"{second},{first}";
            string entry = $$"""{"id":"1","changes":[{{(random.Next(4) == 0 ? Value(random) + "," : "")}}{"field":"messages","value":{"metadata":{"phone_number_id":"{{BusinessNumber.Default.PhoneNumberId}}"},"contacts":{{Value(random)}},"messages":[{{messages}}] } }] }""";
            if (random.Next(10) == 0)
            {
                entry = entry.Remove(random.Next(entry.Length), 1);
            }
            else
            {
                good.Add(customer);
            }

            await sns.PublishAsync("arn:aws:sns:us-east-1:123456789012:whatsapp_in", JsonSerializer.Serialize(new Dictionary<string, string> { ["whatsAppWebhookEntry"] = entry }));
        }

        await RunningSimulator.WhenAsync(
            async () => Missing(good, await simulator.Control.GetChatsAsync(CancellationToken.None)), missing => missing.Length == 0, TimeSpan.FromMinutes(4));
        IReadOnlyList<ChatView> chats = await simulator.Control.GetChatsAsync(CancellationToken.None);

        Assert.All(good, customer => Assert.Equal(["Hello"], Texts(chats, customer)));
        StatusView status = await simulator.Control.GetStatusAsync(CancellationToken.None);
        Assert.All(status.Parts.Where(part => part.Name is "local cloud" or "event source mapping"), part => Assert.Equal(PartState.Ready, part.State));
        // A busy machine may let a function time out; what it is sent must not end its process.
        Assert.All(status.Parts, part => Assert.DoesNotContain("Runtime.ExitError", part.Detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    public async Task Whatever_is_asked_of_the_control_API_is_answered_or_refused_with_a_sentence(int seed)
    {
        var random = new Random(seed);
        using var http = new HttpClient { BaseAddress = simulator.Uri, Timeout = TimeSpan.FromMinutes(1) };
        JsonNode api = JsonNode.Parse(await http.GetStringAsync(new Uri("_wab/openapi.json", UriKind.Relative)))!;
        var routes =
            from path in api["paths"]!.AsObject()
            from method in path.Value!.AsObject()
                // Those that last, or that stop what other requests need.
            where !path.Key.Contains("scenarios/", StringComparison.Ordinal) && !path.Key.Contains("clock/", StringComparison.Ordinal) && !path.Key.Contains("warm-up", StringComparison.Ordinal) && path.Key != "/_wab/health"
            select (Method: method.Key.ToUpperInvariant(), Path: path.Key, Route: method.Value!);

        foreach ((string method, string path, JsonNode route) in routes.SelectMany(route => Enumerable.Repeat(route, 12)))
        {
            string query = string.Join('&', (route["parameters"]?.AsArray() ?? []).Where(parameter => (string?)parameter!["in"] == "query" && random.Next(2) == 0)
                .Select(parameter => $"{parameter!["name"]}={Uri.EscapeDataString(Plain(random))}"));
            string filled = System.Text.RegularExpressions.Regex.Replace(path, "{[^}]+}", _ => Uri.EscapeDataString(Plain(random) is { Length: > 0 } text ? text : "x"));
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"{filled}?{query}", UriKind.Relative));
            if (route["requestBody"] is not null || random.Next(4) == 0)
            {
                string[] members = ["customer", "text", "type", "content", "context", "id", "timestamp", "copies", "phone", "userId", "message", "contact", "rules", "seed", "unknown"];
                string body = random.Next(4) == 0 ? Value(random) : $"{{{string.Join(',', members.Where(_ => random.Next(3) == 0).Select(member => $"\"{member}\":{Value(random)}"))}}}";
                request.Content = new StringContent(body, Encoding.UTF8, random.Next(6) == 0 ? "text/plain" : "application/json");
            }

            using HttpResponseMessage answer = await http.SendAsync(request);

            string said = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode < 500, $"{method} {filled}?{query} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync())}: {(int)answer.StatusCode} {said}");
            if ((int)answer.StatusCode >= 400)
            {
                Assert.False(string.IsNullOrEmpty((string?)JsonNode.Parse(said)?["error"]), $"{method} {filled}: {said}");
            }
        }

        using var large = new StringContent(new string(' ', 2_000_000), Encoding.UTF8, "application/json");
        using HttpResponseMessage refused = await http.PostAsync(new Uri("_wab/messages", UriKind.Relative), large);
        Assert.Equal(413, (int)refused.StatusCode);
        Assert.Contains("The body is larger than 1,048,576 bytes.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string[] Missing(IEnumerable<string> good, IReadOnlyList<ChatView> chats) => [.. good.Where(customer => !Texts(chats, customer).Any())];

    private static IEnumerable<string> Texts(IReadOnlyList<ChatView> chats, string customer) =>
        chats.Where(chat => chat.CustomerKey == customer).SelectMany(chat => chat.Transcript).Where(item => item.Role == "CUSTOMER" && item.ContentType == "text/plain").Select(item => item.Content);

    private static string Message(string customer, string more = "") =>
        $$"""{"id":"wamid.{{customer}}","from":"{{customer}}","timestamp":"{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}}","type":"text","text":{"body":"Hello"}{{more}} }""";

    private static string Broken(Random random, string customer) => random.Next(8) switch
    {
        0 => Value(random),
        1 => Message(customer).Replace("\"Hello\"", Value(random), StringComparison.Ordinal),
        _ => Message(customer, string.Concat(Members.Where(_ => random.Next(4) == 0).Select(member => $",\"{member}\":{Value(random)}"))),
    };

    private static string Value(Random random) => Values[random.Next(Values.Length)];

    private static string Plain(Random random) => Value(random).Trim('"');
}
