using WhatsAppBuffer.Simulator.App.Scenarios;

namespace App.Tests.Scenarios;

/// <summary>A line of the bill.</summary>
/// <param name="What">What is billed.</param>
/// <param name="Dollars">A month.</param>
internal sealed record BillLine(string What, double Dollars);

/// <summary>
/// What AWS bills in a month of 30 days, from what scenarios counted for one burst of four messages and AWS's list prices for us-east-1: arithmetic, so that whoever doubts a number can see where it comes from.
/// Free tiers are left out.
/// </summary>
/// <param name="messagesADay">WhatsApp messages that come in.</param>
/// <param name="cut">How many chat messages a burst becomes: 1 when none is cut.</param>
/// <param name="latency">Seconds that a call to Connect or End User Messaging takes.</param>
/// <param name="prices">prices.json.</param>
internal sealed class MonthlyBill(double messagesADay, double cut, double latency, PriceList prices)
{
    private const double Days = 30;
    private const double SecondsADay = 86_400;
    private const double GB = 1e9;

    /// <summary>A table has four shards at first, and a window of 20 seconds.</summary>
    private const double WindowsADay = 4 * SecondsADay / 20;

    private const double MessagesOfBurst = 4;

    /// <summary>StartChatContact, StartContactStreaming, CreateParticipantConnection, SendMessage, one after the other; as much was measured. (A read mark goes beside them.)</summary>
    private const double CallsOfNewChat = 4;
    private const double HandlerGigabytes = 0.5;

    private double Bursts => messagesADay * Days / MessagesOfBurst;

    private double Aggregates => Bursts * cut;

    private double Messages => messagesADay * Days;

    /// <summary>Ten notifications an invocation only where ten wait; every burst has a batch of its own while few write, and an end of its window.</summary>
    private double Invocations => (messagesADay > 500_000 ? Messages / 3 : Messages) + Aggregates + Math.Min(2 * Aggregates, 2 * WindowsADay * Days);

    public IReadOnlyList<BillLine> Lines =>
    [
        new("Connect, chat messages in", Aggregates * prices.ConnectChatMessage),
        // 7,000 units for 250 bursts in 250 aggregates, 7,748 in 294.
        new("DynamoDB, writes", ((Bursts * 11) + (Aggregates * 17)) * prices.DynamoDbWriteRequestUnit),
        new("DynamoDB, reads", Messages * 3.1 * prices.DynamoDbReadRequestUnit),
        new("Lambda, requests", Invocations * prices.LambdaRequest),
        // Beside waiting: some 4 GB-seconds for 1,000 messages of the functions' own work.
        new("Lambda, GB-seconds", ((Aggregates * CallsOfNewChat * latency * HandlerGigabytes) + (Messages * 0.004)) * prices.LambdaGigabyteSecond),
        // Send, receive and delete of each notification and wake-up; long polling of five mappings and the sweeps.
        new("SQS", ((Messages * 3) + (Aggregates * 3) + 3.2e6) * 0.40e-6),
        new("SNS, publishes in", Messages * 0.50e-6),
        // START, END, REPORT and the function's own line: a kilobyte; and the line of the metric.
        new("Logs, ingested and kept", ((Invocations * 1_000) + (Aggregates * 250)) / GB * (0.50 + 0.03)),
        // The first request of each second and one in twenty of the others.
        new("X-Ray, traces", (Math.Min(Invocations, SecondsADay * Days) + (Math.Max(0, Invocations - (SecondsADay * Days)) / 20)) * 5e-6),
        // A kilobyte a row for 30 days, and its backup.
        new("DynamoDB, storage and backup", Messages * 1_000 / GB * (0.25 + 0.20)),
        // 27 alarms, of which three look at one to three metrics more; three metrics; a key.
        new("Alarms, metrics, dashboard, key", (30 * 0.10) + (3 * 0.30) + 3.00 + 1.00),
    ];
}
