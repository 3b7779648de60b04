using System.Text.Json;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Topology;

namespace EndToEnd.Tests;

/// <summary>A contact flow writes first, and the customer answers.</summary>
public class TemplateFirstTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    private const string Phone = "4915155553333";

    [Fact]
    public async Task The_answer_to_a_template_opens_a_chat_that_a_flow_can_route()
    {
        FlowRequest request = OrderReady("Ada", Phone) with { ContactId = "call-1" };
        JsonElement first = (await simulator.Control.RunFlowAsync(request, CancellationToken.None)).Payload;
        JsonElement again = (await simulator.Control.RunFlowAsync(request, CancellationToken.None)).Payload;

        Assert.Equal(("sent", first.GetRawText()), (StatusOf(first), again.GetRawText()));
        PhoneMessage shown = Assert.Single(await simulator.Control.GetPhoneAsync("Ada", CancellationToken.None));
        Assert.Equal((false, "(template order_ready)"), (shown.FromCustomer, shown.Text));

        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Ada", Phone = Phone, UserId = "DE.ada", Text = "Thank you" }, CancellationToken.None);
        ChatView chat = await simulator.WhenChatAsync("Ada", chat => chat.Transcript.Any(item => item.Content == "Thank you"));

        Assert.Equal(("order_ready", "spring-sale"), (chat.Attributes["templateName"], chat.Attributes["templateReference"]));
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        string log = await http.GetStringAsync(new Uri("_wab/functions/send_whatsapp_message/log", UriKind.Relative));
        Assert.Contains("Sent template order_ready", log, StringComparison.Ordinal);
        Assert.All([Phone, "P12345"], secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flow_is_told_what_it_cannot_have()
    {
        JsonElement answer = (await simulator.Control.RunFlowAsync(
            new FlowRequest { Customer = "Bob", Phone = "15550020009", Values = new Dictionary<string, string> { ["template"] = "order_redy" } }, CancellationToken.None)).Payload;

        Assert.Equal("refused", StatusOf(answer));
        Assert.Equal("There is no template order_redy: give one of appointment, order_ready.", answer.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Its_process_starts_when_a_flow_first_needs_it()
    {
        await using SimulatorHost own = await SimulatorHost.StartAsync(
            new SimulatorOptions { Port = 0, BufferSeconds = 1, Wiring = Wiring.Guide }, TimeProvider.System, CancellationToken.None);
        await own.WhenReadyAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = own.Uri };
        var control = new ControlClient(http);
        Assert.Equal("no process yet; the first invocation starts one", await DetailAsync(control));

        Assert.Equal("sent", StatusOf((await control.RunFlowAsync(OrderReady("Ada", Phone), CancellationToken.None)).Payload));

        Assert.Equal("1 process", await DetailAsync(control));
    }

    private static FlowRequest OrderReady(string customer, string phone) => new()
    {
        Customer = customer,
        Phone = phone,
        Values = new Dictionary<string, string> { ["template"] = "order_ready", ["reference"] = "spring-sale", ["order"] = "P12345" },
    };

    private static string? StatusOf(JsonElement answer) => answer.TryGetProperty("status", out JsonElement status) ? status.GetString() : answer.GetRawText();

    private static async Task<string> DetailAsync(ControlClient control) =>
        (await control.GetStatusAsync(CancellationToken.None)).Parts.Single(part => part.Name == "send_whatsapp_message").Detail;
}
