using System.Text.Json;
using WhatsAppBuffer.OnRawMessages.Webhook;

namespace OnRawMessages.Tests.Webhook;

/// <summary>Whatever else an entry holds, its good messages are read.</summary>
public class WebhookFuzzTests
{
    private static readonly Arrival Arrival = new(new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(7), null);

    /// <summary>Spelt as they stand in JSON.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e308", "1E400", "9007199254740993", "-0.0", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"a\\ud800b\"", "[]", "{}", "[null]", "[[[]]]", "{\"\":null}", "{\"a\\ud800\":1}", "[{\"a\\ud800\":1}]",
        "{\"body\":null}", "\"" + new string('x', 5_000) + "\"", "\"😀\"", "\"a#b\"", "\"<script>\"", "\"__proto__\"", "\"a\\r\\nX: y\"", new string('[', 33) + new string(']', 33), new string('[', 40) + new string(']', 40),
        new string('[', 300) + new string(']', 300), new string('[', 50_000) + new string(']', 50_000), string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200),
    ];

    private static readonly string[] Members =
    [
        "id", "from", "from_user_id", "timestamp", "type", "text", "image", "contacts", "context", "referral", "errors", "metadata", "expiresAt", "receivedAt", "traceparent", "field", "contact", "reaction", "message_context", "",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_good_message_is_read_and_fits_a_table(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++)
        {
            string good = Message($"good {i}");
            string bad = random.Next(8) == 0 ? Value(random) : Message($"bad {i}", string.Concat(Members.Where(_ => random.Next(4) == 0).Select(member => $",\"{member}\":{Value(random)}")));
            string messages = random.Next(2) == 0 ? $"{good},{bad}" : $"{bad},{good}";
            string before = random.Next(4) == 0 ? Value(random) + "," : "";
            string entry = $$"""{"id":"1","changes":[{{before}}{"field":"messages","value":{"metadata":{"phone_number_id":"503"},"contacts":{{Value(random)}},"messages":[{{messages}}] } }] }""";
            string envelope = $$"""{"context":{{Value(random)}},"whatsAppWebhookEntry":{{JsonSerializer.Serialize(entry)}} }""";

            WebhookReading reading = WebhookReader.Read(envelope, Arrival);

            RawMessage read = Assert.Single(reading.Messages, message => message.Customer == $"good {i}");
            Assert.All(read.Item, attribute => Assert.InRange(DepthOf(attribute.Value), 0, 31));
        }
    }

    private static string Message(string customer, string more = "") =>
        $$"""{"id":"wamid.{{customer}}","from":"{{customer}}","timestamp":"1795948800","type":"text","text":{"body":"Hello"}{{more}} }""";

    private static string Value(Random random) => Values[random.Next(Values.Length)];

    private static int DepthOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => 1 + value.EnumerateArray().Select(DepthOf).DefaultIfEmpty(0).Max(),
        JsonValueKind.Object => 1 + value.EnumerateObject().Select(member => DepthOf(member.Value)).DefaultIfEmpty(0).Max(),
        _ => 0,
    };
}
