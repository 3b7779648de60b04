using Simulation.Tests.World;
using LocalAws.Lambda.EventSourceMappings;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests;

/// <summary>A small burst, and every single thing that can go wrong with it.</summary>
public class CrashTests
{
    private static readonly TimeSpan AfterRetries = TimeSpan.FromMinutes(2);

    [Fact]
    public void A_trouble_at_any_one_step_of_the_whole_way_changes_nothing_for_the_agent() => TryEveryTrouble(
        Wiring.Queues,
        losesWakeUps: false,
        ["on_raw_messages: PutItem", "message_aggregator: TransactWriteItems", "message_aggregator: SendMessageBatch", "whatsapp_event_handler: PutItem", "whatsapp_event_handler: SendMessage"]);

    [Fact]
    public void The_same_without_queues() => TryEveryTrouble(
        Wiring.Guide,
        losesWakeUps: false,
        ["on_raw_messages: PutItem", "message_aggregator: TransactWriteItems", "message_aggregator: Invoke", "whatsapp_event_handler: PutItem", "whatsapp_event_handler: SendMessage"]);

    [Fact]
    public void The_same_when_the_first_wake_ups_are_lost_and_a_sweep_finds_what_waits() => TryEveryTrouble(
        Wiring.Queues,
        losesWakeUps: true,
        [
            "on_raw_messages: PutItem", "message_aggregator: TransactWriteItems", "message_aggregator: SendMessageBatch", "message_aggregator: Scan",
            "whatsapp_event_handler: PutItem", "whatsapp_event_handler: SendMessage",
        ]);

    [Theory]
    [InlineData(200)]
    [InlineData(30_000)]
    public void A_trouble_at_any_one_step_of_a_file_among_texts_neither_loses_nor_doubles_it(int fetchMilliseconds)
    {
        string[] steps = StepsOfFile(fetchMilliseconds, _ => Trouble.None);
        Assert.Equal(
            ["ListObjectsV2", "GetWhatsAppMessageMedia", "GetObject", "StartAttachmentUpload", "PutAttachment", "CompleteAttachmentUpload"],
            steps.Select(step => step.Split(": ")[1]).Where(step => step is "ListObjectsV2" or "GetWhatsAppMessageMedia" or "GetObject" || step.Contains("Attachment", StringComparison.Ordinal)).Distinct()
                .OrderBy(step => step is "ListObjectsV2" ? 0 : step is "GetWhatsAppMessageMedia" ? 1 : step is "GetObject" ? 2 : step is "StartAttachmentUpload" ? 3 : step is "PutAttachment" ? 4 : 5));

        for (int step = 0; step < steps.Length; step++)
        {
            foreach (Trouble trouble in Enum.GetValues<Trouble>().Skip(1).Where(_ => steps[step].StartsWith(FunctionSpecs.WhatsAppEventHandler.Name, StringComparison.Ordinal)))
            {
                int at = step;
                StepsOfFile(fetchMilliseconds, number => number == at ? trouble : Trouble.None);
            }
        }
    }

    /// <summary>A text, a file and a text, of which the file may come too late for its place.</summary>
    private static string[] StepsOfFile(int fetchMilliseconds, Func<int, Trouble> trouble)
    {
        using var cloud = new Cloud(seed: 1, shards: 1)
        {
            Latency = () => TimeSpan.FromMilliseconds(5),
            FetchTime = () => TimeSpan.FromMilliseconds(fetchMilliseconds),
            MaxCharacters = 1024,
        };
        cloud.MappingSettings = cloud.MappingSettings with { MaximumBatchingWindowInSeconds = 1, TumblingWindowInSeconds = 1, WindowCloseRule = WindowCloseRule.Prompt };
        cloud.Trouble = _ => trouble(cloud.Steps.Count - 1);
        Customers customers = cloud.Customers;
        customers.Write(["14157470265"]);
        customers.Files = 1;
        cloud.After(TimeSpan.FromMilliseconds(1), () => customers.Write(["14157470265"]));
        cloud.After(TimeSpan.FromMilliseconds(2), () => customers.Files = 0);
        cloud.After(TimeSpan.FromMilliseconds(3), () => customers.Write(["14157470265"]));

        cloud.Settle();

        Assert.Empty(Law.Breaches(cloud, customers.Messages));
        return [.. cloud.Steps];
    }

    private static void TryEveryTrouble(Wiring wiring, bool losesWakeUps, string[] expectedSteps)
    {
        string[] steps = StepsOf(wiring, losesWakeUps, _ => Trouble.None);
        Assert.Equal(
            expectedSteps,
            steps.Where(step => step.EndsWith("PutItem", StringComparison.Ordinal) || step.StartsWith("message_aggregator", StringComparison.Ordinal) || step.EndsWith("SendMessage", StringComparison.Ordinal)).Distinct());

        for (int step = 0; step < steps.Length; step++)
        {
            foreach (Trouble trouble in Enum.GetValues<Trouble>().Skip(1))
            {
                int at = step;
                StepsOf(wiring, losesWakeUps, number => number == at ? trouble : Trouble.None);
            }
        }
    }

    /// <summary>Two messages that become one aggregate and open a chat, in two parts; later one more, for the chat that is there.</summary>
    private static string[] StepsOf(Wiring wiring, bool losesWakeUps, Func<int, Trouble> trouble)
    {
        using var cloud = new Cloud(seed: 1, shards: 1, wiring) { Latency = () => TimeSpan.FromMilliseconds(5) };
        cloud.MappingSettings = cloud.MappingSettings with { MaximumBatchingWindowInSeconds = 1, TumblingWindowInSeconds = 1, WindowCloseRule = WindowCloseRule.Prompt };
        cloud.Trouble = _ => trouble(cloud.Steps.Count - 1);
        if (losesWakeUps)
        {
            ICarrier queue = cloud.WakeUps;
            cloud.WakeUps = new SimulatedQueue(cloud, FunctionSpecs.WhatsAppEventHandler) { Loss = 1 };
            cloud.After(AfterRetries + TimeSpan.FromSeconds(30), () => cloud.WakeUps = queue);
        }

        Customers customers = cloud.Customers;
        customers.Write(["14157470265", "14157470265"]);
        cloud.After(AfterRetries, () => customers.Write(["14157470265"]));

        cloud.Settle();

        Assert.Equal(["message 1", "message 2", "message 3"], Assert.Single(cloud.Connect.Contacts).Texts);
        Assert.Empty(Law.Breaches(cloud, customers.Messages));
        return [.. cloud.Steps];
    }
}
