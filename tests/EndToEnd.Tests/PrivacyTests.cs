using System.Text;
using System.Text.Json.Nodes;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;

namespace EndToEnd.Tests;

/// <summary>A phone number in the words of an error. What leaves a handler as an exception is masked too: see MaskedExceptionTests.</summary>
public sealed class PrivacyTests
{
    private const string Phone = "5491155551234";

    [Fact]
    public async Task What_a_function_says_of_a_message_that_it_cannot_read_holds_no_phone_number()
    {
        const string function = "on_raw_messages";
        // A message without a sender is refused by its id.
        string entry = $$"""{ "changes": [{ "field": "messages", "value": { "metadata": { "phone_number_id": "1" }, "messages": [{ "id": "{{Phone}}", "type": "text" }] } }] }""";
        string envelope = new JsonObject { ["whatsAppWebhookEntry"] = entry }.ToJsonString();
        string lambdaEvent = new JsonObject { ["Records"] = new JsonArray(new JsonObject { ["Sns"] = new JsonObject { ["MessageId"] = "m", ["Message"] = envelope } }) }.ToJsonString();
        await using SimulatorHost simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Port = 0 }, TimeProvider.System, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        using var lambda = new AmazonLambdaClient(new BasicAWSCredentials("any", "any"), new AmazonLambdaConfig { ServiceURL = simulator.Uri.ToString() });

        InvokeResponse answer = await lambda.InvokeAsync(new InvokeRequest { FunctionName = function, Payload = lambdaEvent });

        string returned = Encoding.UTF8.GetString(answer.Payload.ToArray());
        string printed = await http.GetStringAsync(new Uri($"_wab/functions/{function}/log", UriKind.Relative));
        Assert.Contains("***1234", printed, StringComparison.Ordinal);
        Assert.All([returned, printed], text => Assert.DoesNotContain(Phone, text, StringComparison.Ordinal));
    }
}
