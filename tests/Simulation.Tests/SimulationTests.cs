using FsCheck;
using FsCheck.Xunit;
using Simulation.Tests.World;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests;

/// <summary>From the webhook to the agent, in a world where every call and every invocation may be lost, late or repeated.</summary>
public class SimulationTests
{
    [Property(MaxTest = 60)]
    public void Every_message_reaches_the_agent_once_and_in_order(DoNotSize<int> seed)
    {
        using var rush = new Rush(seed.Item);

        Assert.Empty(rush.Run());
    }

    [Property(MaxTest = 30)]
    public void Every_message_reaches_the_agent_once_and_in_order_without_queues_too(DoNotSize<int> seed)
    {
        using var rush = new Rush(seed.Item, Wiring.Guide);

        Assert.Empty(rush.Run());
    }

    /// <summary>So late that the sweep's own wake-up comes before, or at the same time.</summary>
    [Property(MaxTest = 30)]
    public void Wake_ups_may_come_very_late_or_twice_or_be_lost_until_the_sweep(DoNotSize<int> seed)
    {
        using var rush = new Rush(seed.Item);
        rush.Cloud.Sns = new SimulatedQueue(rush.Cloud, FunctionSpecs.OnRawMessages) { Repetition = 0.3, LongestDelay = TimeSpan.FromSeconds(30) };
        rush.Cloud.WakeUps = new SimulatedQueue(rush.Cloud, FunctionSpecs.WhatsAppEventHandler) { Loss = 0.3, Repetition = 0.3, LongestDelay = TimeSpan.FromMinutes(20) };

        Assert.Empty(rush.Run());
    }

    [Property(MaxTest = 40)]
    public void What_Connect_refuses_costs_nothing_else_and_comes_back_once(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithRefusals();

        Assert.Empty(rush.Run());
    }

    [Property(MaxTest = 15)]
    public void What_the_mapping_gives_up_in_a_long_outage_comes_back_once(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithOutage();

        Assert.Empty(rush.Run());
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        using var one = new Rush(seed: 7);
        using var other = new Rush(seed: 7);

        one.Run();
        other.Run();

        Assert.Equal(one.Cloud.Steps, other.Cloud.Steps);
        Assert.Equal(one.Cloud.Clock.GetUtcNow(), other.Cloud.Clock.GetUtcNow());
    }

    [Fact]
    public void A_rush_meets_every_trouble_at_every_function()
    {
        HashSet<(string, Trouble)> met = [];
        for (int seed = 1; seed <= 40; seed++)
        {
            using var rush = new Rush(seed);
            Func<string, Trouble> trouble = rush.Cloud.Trouble;
            rush.Cloud.Trouble = step =>
            {
                Trouble what = trouble(step);
                met.Add((step.Split(':') is ["Lambda", var function] ? function.Trim() : step.Split(':')[0], what));
                return what;
            };
            rush.Run();
        }

        Assert.Equal(FunctionSpecs.All.SelectMany(function => Enum.GetValues<Trouble>(), (function, trouble) => (function.Name, trouble)).Order(), met.Order());
    }
}
