using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnRawMessages.Tests.Webhook;

/// <summary>Builds what End User Messaging Social publishes.</summary>
internal static class Envelope
{
    public const string Header = """{"MetaWabaIds":[{"wabaId":"1","arn":"arn:waba"}],"MetaPhoneNumberIds":[{"metaPhoneNumberId":"503","arn":"arn:phone"}]}""";

    public static string WithMessages(params string[] messages) => WithValue($$"""
        {"messaging_product":"whatsapp","metadata":{"display_phone_number":"562","phone_number_id":"503"},
         "contacts":[{"profile":{"name":"Kike"},"wa_id":"1415"}],"messages":[{{string.Join(',', messages)}}]}
        """);

    public static string WithValue(string value) => WithEntry($$"""{"id":"1","changes":[{"field":"messages","value":{{value}}}]}""");

    public static string WithEntry(string entry) =>
        new JsonObject { ["context"] = JsonNode.Parse(Header), ["whatsAppWebhookEntry"] = entry, ["aws_account_id"] = "1" }.ToJsonString();

    public static string OfSample(string name)
    {
        using JsonDocument sample = JsonDocument.Parse(File.ReadAllText(Path.Combine("Samples", $"{name}.json")));
        return sample.RootElement.GetProperty("Records")[0].GetProperty("Sns").GetProperty("Message").GetString()!;
    }
}
