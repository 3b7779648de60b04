using System.Text;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;

namespace EndToEnd.Tests;

/// <summary>An event that breaks a function while it is read, with a phone number in the words of the error.</summary>
public sealed class PrivacyTests
{
    private const string Phone = "5491155551234";

    [Theory]
    [InlineData("on_raw_messages", $$"""{ "Records": [{ "Sns": { "MessageAttributes": { "{{Phone}}": 7 } } }] }""")]
    [InlineData("message_aggregator", $$"""{ "state": { "{{Phone}}": 7 }, "Records": [] }""")]
    public async Task What_a_function_that_breaks_prints_and_returns_holds_no_phone_number(string function, string lambdaEvent)
    {
        await using SimulatorHost simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Port = 0 }, TimeProvider.System, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        using var lambda = new AmazonLambdaClient(new BasicAWSCredentials("any", "any"), new AmazonLambdaConfig { ServiceURL = simulator.Uri.ToString() });

        InvokeResponse broken = await lambda.InvokeAsync(new InvokeRequest { FunctionName = function, Payload = lambdaEvent });

        string returned = Encoding.UTF8.GetString(broken.Payload.ToArray());
        string printed = await http.GetStringAsync(new Uri($"_wab/functions/{function}/log", UriKind.Relative));
        Assert.NotNull(broken.FunctionError);
        Assert.All([returned, printed], text =>
        {
            Assert.Contains("***1234", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Phone, text, StringComparison.Ordinal);
        });
    }
}
