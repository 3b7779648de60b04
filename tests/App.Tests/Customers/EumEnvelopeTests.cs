using System.Text.Json;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Customers;
using LocalAws.Endpoint;

namespace App.Tests.Customers;

public class EumEnvelopeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 18, 24, 28, TimeSpan.Zero);

    private static JsonElement Wrap(Customer customer) => JsonDocument.Parse(Wrap(customer, "Hello")).RootElement;

    private static string Wrap(Customer customer, string text) =>
        EumEnvelope.Wrap(new AwsAccount(), BusinessNumber.Default, WebhookMessage.Of(new SendMessageRequest { Customer = customer.Name, Text = text }, customer, "wamid.1", Now), Now);

    [Fact]
    public void The_webhook_entry_is_json_inside_a_string()
    {
        JsonElement entry = JsonDocument.Parse(Wrap(new Customer("Kike", "14157470265", "US.1")).GetProperty("whatsAppWebhookEntry").GetString()!).RootElement;

        JsonElement value = entry.GetProperty("changes")[0].GetProperty("value");
        Assert.Equal("wamid.1", value.GetProperty("messages")[0].GetProperty("id").GetString());
        Assert.Equal("Kike", value.GetProperty("contacts")[0].GetProperty("profile").GetProperty("name").GetString());
    }

    [Fact]
    public void It_has_the_members_and_forms_of_the_recorded_samples()
    {
        string sample = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "sns-text.json"));
        string message = JsonDocument.Parse(sample).RootElement.GetProperty("Records")[0].GetProperty("Sns").GetProperty("Message").GetString()!;
        JsonElement recorded = JsonDocument.Parse(message).RootElement;

        Assert.Equal(Shape(recorded), Shape(Wrap(new Customer("Kike", "14157470265", "US.1"))));

        static IEnumerable<string> Shape(JsonElement element) =>
            element.EnumerateObject().Select(p => $"{p.Name}:{p.Value.ValueKind}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Letters_and_emoji_stand_as_themselves_as_WhatsApp_writes_them()
    {
        string envelope = Wrap(new Customer("José 👀", "14157470265", null), "¿Sí? \"👍\"");

        Assert.Contains("José 👀", envelope, StringComparison.Ordinal);
        Assert.Contains(@"¿Sí? \\\""👍\\\""", envelope, StringComparison.Ordinal);
    }

    [Fact]
    public void A_customer_without_a_phone_number_has_no_wa_id()
    {
        JsonElement entry = JsonDocument.Parse(Wrap(new Customer("usernamed", null, "US.1")).GetProperty("whatsAppWebhookEntry").GetString()!).RootElement;

        Assert.False(entry.GetProperty("changes")[0].GetProperty("value").GetProperty("contacts")[0].TryGetProperty("wa_id", out _));
    }

    [Fact]
    public void The_same_name_always_gets_the_same_invented_number()
    {
        Assert.Equal(new CustomerDirectory().Get("Kike"), new CustomerDirectory().Get("Kike"));
        Assert.NotEqual(new CustomerDirectory().Get("Kike").Phone, new CustomerDirectory().Get("Ana").Phone);
    }
}
