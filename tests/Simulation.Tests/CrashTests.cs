using Simulation.Tests.World;
using LocalAws.Lambda.EventSourceMappings;

namespace Simulation.Tests;

/// <summary>A small burst, and every single thing that can go wrong with it.</summary>
public class CrashTests
{
    private static readonly TimeSpan AfterRetries = TimeSpan.FromMinutes(2);

    [Fact]
    public void A_trouble_at_any_one_step_of_the_whole_way_changes_nothing_for_the_agent()
    {
        string[] steps = StepsOf(_ => Trouble.None);
        Assert.Equal(
            ["on_raw_messages: PutItem", "message_aggregator: TransactWriteItems", "message_aggregator: Invoke", "whatsapp_event_handler: SendMessage"],
            steps.Where(step => step.EndsWith("PutItem", StringComparison.Ordinal) || step.StartsWith("message_aggregator", StringComparison.Ordinal) || step.EndsWith("SendMessage", StringComparison.Ordinal)).Distinct());

        for (int step = 0; step < steps.Length; step++)
        {
            foreach (Trouble trouble in Enum.GetValues<Trouble>().Skip(1))
            {
                int at = step;
                StepsOf(number => number == at ? trouble : Trouble.None);
            }
        }
    }

    /// <summary>Two messages that become one aggregate and open a chat, in two parts; later one more, for the chat that is there.</summary>
    private static string[] StepsOf(Func<int, Trouble> trouble)
    {
        using var cloud = new Cloud(seed: 1, shards: 1) { Latency = () => TimeSpan.FromMilliseconds(5) };
        cloud.MappingSettings = cloud.MappingSettings with { MaximumBatchingWindowInSeconds = 1, TumblingWindowInSeconds = 1, WindowCloseRule = WindowCloseRule.Prompt };
        cloud.Trouble = _ => trouble(cloud.Steps.Count - 1);
        var customers = new Customers(cloud);
        customers.Write(["14157470265", "14157470265"]);
        cloud.After(AfterRetries, () => customers.Write(["14157470265"]));

        cloud.Settle();

        Assert.Equal(["message 1", "message 2", "message 3"], Assert.Single(cloud.Connect.Contacts).Texts);
        Assert.Empty(Law.Breaches(cloud, customers.Messages));
        return [.. cloud.Steps];
    }
}
