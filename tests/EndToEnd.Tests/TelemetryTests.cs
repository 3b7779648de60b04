using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using WhatsAppBuffer.Simulator.App.Control;

namespace EndToEnd.Tests;

/// <summary>What the function processes say of a burst, without any exporter: their log lines and the items they store.</summary>
public sealed class TelemetryTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    private static readonly string[] Functions = ["on_raw_messages", "message_aggregator", "whatsapp_event_handler"];
    private static readonly string[] Texts = ["my card is lost", "please block it", "at once"];

    [Fact]
    public async Task A_burst_is_one_trace_from_the_customer_through_every_stored_message_to_the_last_function()
    {
        using ActivityListener listener = ListenToCustomers();
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        (await http.PostAsync(new Uri("/_wab/burst?customer=Traced", UriKind.Relative), null)).EnsureSuccessStatusCode();
        await simulator.WhenChatAsync("Traced", chat => chat.Transcript.Any(item => item.Content.Contains("P12345", StringComparison.Ordinal)));

        Dictionary<string, AttributeValue>[] stored = [.. (await ItemsAsync()).Where(item => item["contact"].M["profile"].M["name"].S == "Traced")];
        string[] traces = [.. stored.Select(item => item["traceparent"].S.Split('-')[1]).Distinct()];

        Assert.Equal(4, stored.Length);
        string trace = Assert.Single(traces);
        await RunningSimulator.WhenAsync(() => LogAsync("whatsapp_event_handler"), log => log.Contains(trace, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_function_logs_a_phone_number_or_a_text_and_every_delivery_names_its_trace_and_conversation()
    {
        await SendBurstAsync("Secretive", "5491155558888");
        await RunningSimulator.WhenAsync(() => LogAsync("whatsapp_event_handler"), log => log.Contains("Delivered", StringComparison.Ordinal));

        foreach (string function in Functions)
        {
            string log = await LogAsync(function);
            Assert.NotEmpty(log);
            Assert.DoesNotContain("5491155558888", log, StringComparison.Ordinal);
            Assert.All(Texts, text => Assert.DoesNotContain(text, log, StringComparison.Ordinal));
        }

        string delivered = (await LogAsync("whatsapp_event_handler")).Split('\n').Last(line => line.Contains("info Delivered", StringComparison.Ordinal));
        Assert.Matches("[[ ]traceId=[0-9a-f]{32}[],]", delivered);
        Assert.Matches("[[ ]conversation=[0-9a-f]{16}[],]", delivered);
    }

    private static ActivityListener ListenToCustomers()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "WhatsAppBuffer.Customers",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private async Task SendBurstAsync(string customer, string phone)
    {
        foreach (string text in Texts)
        {
            await simulator.Control.SendAsync(new SendMessageRequest { Customer = customer, Phone = phone, Text = text }, CancellationToken.None);
        }

        await simulator.WhenChatAsync(customer, chat => Texts.All(text => chat.Transcript.Any(item => item.Content.Contains(text, StringComparison.Ordinal))));
    }

    private async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync()
    {
        using var dynamoDb = new AmazonDynamoDBClient(
            new BasicAWSCredentials("any", "any"), new AmazonDynamoDBConfig { ServiceURL = simulator.Uri.ToString(), AuthenticationRegion = "us-east-1" });
        return (await dynamoDb.ScanAsync(new ScanRequest { TableName = "raw_messages" })).Items;
    }

    private async Task<string> LogAsync(string function)
    {
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        return await http.GetStringAsync(new Uri($"/_wab/functions/{function}/log", UriKind.Relative));
    }
}
