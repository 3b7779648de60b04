using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Scenarios;

namespace App.Tests.Scenarios;

/// <summary>Made-up runs of one customer: a message each second, and a chat message each second from 20 seconds on.</summary>
internal static class Runs
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public static ScenarioRun Of(Expectations expect, (string Id, string Text)[] sent, params string[] seen) => new()
    {
        Scenario = new Scenario { Name = "test", Description = "test", Expect = expect },
        Messages =
        [
            .. sent.Select((message, i) => new RunMessage(
                new ScriptLine(i, i, new SendMessageRequest { Customer = "Kike", Text = message.Text }, message.Text),
                new CustomerMessage(message.Id, "Kike", ["US.1"], Start.AddSeconds(i)),
                Start.ToUnixTimeSeconds() + i)),
        ],
        Chats =
        [
            new ChatView("contact-1", "Kike", "US.1", "open", Start, null,
                [.. seen.Select((text, i) => new ChatItem($"item-{i}", Start.AddSeconds(20 + i), "CUSTOMER", "text/plain", text))]),
        ],
        Times = new Dictionary<string, MessageTimes>(),
        DeadLetters = [],
        Settled = true,
        Speed = 1,
        Statistics = new StatisticsView
        {
            Calls = new Dictionary<string, long>(),
            Functions = new Dictionary<string, FunctionUsage>(),
            WriteRequestUnits = 0,
            ReadRequestUnits = 0,
            ConnectMessagesIn = 0,
            ConnectMessagesOut = 0,
            WhatsAppMessagesIn = 0,
            WhatsAppMessagesOut = 0,
        },
    };
}
