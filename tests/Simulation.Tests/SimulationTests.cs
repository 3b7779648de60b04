using FsCheck;
using Simulation.Tests.World;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests;

/// <summary>From the webhook to the agent, in a world where every call and every invocation may be lost, late or repeated.</summary>
public class SimulationTests
{
    [Rushes(60)]
    public void Every_message_reaches_the_agent_once_and_in_order(DoNotSize<int> seed)
    {
        using var rush = new Rush(seed.Item);

        Assert.Empty(rush.Run());
    }

    /// <summary>What is asked of the table at the same time goes to it together.</summary>
    [Rushes(40)]
    public void Messages_of_a_crowd_reach_the_agents_once_and_in_order(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithCrowd();

        Assert.Empty(rush.Run());
    }

    [Rushes(30)]
    public void Every_message_reaches_the_agent_once_and_in_order_without_queues_too(DoNotSize<int> seed)
    {
        using var rush = new Rush(seed.Item, Wiring.Guide);

        Assert.Empty(rush.Run());
    }

    [Rushes(60)]
    public void What_waits_for_quiet_reaches_the_agent_once_and_in_order(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithQuiet();

        Assert.Empty(rush.Run());
    }

    [Rushes(30)]
    public void What_waits_for_quiet_may_hold_files(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithFiles().WithQuiet();

        Assert.Empty(rush.Run());
    }

    [Rushes(40)]
    public void What_a_window_does_not_join_is_joined_once_where_it_is_let_go(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithEdits();

        Assert.Empty(rush.Run());
    }

    [Rushes(20)]
    public void What_a_window_does_not_join_is_joined_once_without_queues_too(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item, Wiring.Guide).WithFiles().WithEdits();

        Assert.Empty(rush.Run());
    }

    /// <summary>A deployment may change from one policy to the other, and back, while messages wait.</summary>
    [Rushes(60)]
    public void Release_policies_can_be_switched_while_messages_wait(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithQuiet();
        for (int second = 2; second < 60; second += 1 + rush.Cloud.Random.Next(8))
        {
            rush.Cloud.After(TimeSpan.FromSeconds(second), () => rush.Cloud.ReleasesQuiet = !rush.Cloud.ReleasesQuiet);
        }

        Assert.Empty(rush.Run());
    }

    /// <summary>So late that the sweep's own wake-up comes before, or at the same time.</summary>
    [Rushes(30)]
    public void Wake_ups_may_come_very_late_or_twice_or_be_lost_until_the_sweep(DoNotSize<int> seed)
    {
        using var rush = new Rush(seed.Item);
        rush.Cloud.Sns = new SimulatedQueue(rush.Cloud, FunctionSpecs.OnRawMessages) { Repetition = 0.3, LongestDelay = TimeSpan.FromSeconds(30) };
        rush.Cloud.WakeUps = new SimulatedQueue(rush.Cloud, FunctionSpecs.WhatsAppEventHandler) { Loss = 0.3, Repetition = 0.3, LongestDelay = TimeSpan.FromMinutes(20) };

        Assert.Empty(rush.Run());
    }

    [Rushes(60)]
    public void Every_file_is_attached_once_in_its_place_or_a_line_stands_there(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithFiles();

        Assert.Empty(rush.Run());
    }

    [Rushes(20)]
    public void Every_file_is_attached_once_without_queues_too(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item, Wiring.Guide).WithFiles();

        Assert.Empty(rush.Run());
    }

    [Rushes(60)]
    public void What_agents_write_reaches_the_customers(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithAnswers();

        Assert.Empty(rush.Run());
    }

    [Rushes(20)]
    public void What_agents_write_reaches_the_customers_without_queues_too(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item, Wiring.Guide).WithAnswers();

        Assert.Empty(rush.Run());
    }

    [Rushes(60)]
    public void What_agents_attach_reaches_the_customers_or_they_are_told(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithFilesOfAgents();

        Assert.Empty(rush.Run());
    }

    [Rushes(20)]
    public void What_agents_attach_reaches_the_customers_without_queues_too(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item, Wiring.Guide).WithFilesOfAgents();

        Assert.Empty(rush.Run());
    }

    [Rushes(60)]
    public void Of_answers_that_WhatsApp_does_not_deliver_the_agents_are_told(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithReluctance();

        Assert.Empty(rush.Run());
    }

    [Rushes(40)]
    public void What_Connect_refuses_costs_nothing_else_and_comes_back_once(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithRefusals();

        Assert.Empty(rush.Run());
    }

    [Rushes(15)]
    public void What_the_mapping_gives_up_in_a_long_outage_comes_back_once(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithOutage();

        Assert.Empty(rush.Run());
    }

    [Rushes(100)]
    public void Whoever_shows_now_this_id_now_that_loses_nothing_and_is_heard_once(DoNotSize<int> seed)
    {
        using Rush rush = new Rush(seed.Item).WithUserIds();

        Assert.Empty(rush.Run());
    }

    /// <summary>A call that closes a window fails while a message lies unread in the stream.</summary>
    [Fact]
    public void A_run_is_not_over_while_a_closing_call_is_tried_again()
    {
        using var rush = new Rush(seed: 2_036_963_907);

        Assert.Empty(rush.Run());
    }

    /// <summary>A lease was asked for, the request stood still for longer than the lease, and it was given when its time was over.</summary>
    [Fact]
    public void A_lease_that_was_over_when_it_was_given_is_none()
    {
        using Rush rush = new Rush(seed: 1_262_322_681).WithAnswers();

        Assert.Empty(rush.Run());
    }

    /// <summary>A delivery was interrupted after it had let a file follow; the next one finished the aggregate and thought that nothing followed.</summary>
    [Fact]
    public void A_file_that_an_interrupted_delivery_let_follow_is_not_forgotten()
    {
        using Rush rush = new Rush(seed: 1_283_391_038, Wiring.Guide).WithFiles();

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
            using Rush rush = new Rush(seed).WithAnswers();
            Func<string, Trouble> trouble = rush.Cloud.Trouble;
            rush.Cloud.Trouble = step =>
            {
                Trouble what = trouble(step);
                met.Add((step.Split(':') is ["Lambda", var function] ? function.Trim() : step.Split(':')[0], what));
                return what;
            };
            for (int contact = 0; contact < 5; contact++)
            {
                string flow = $"contact {contact}";
                rush.Cloud.After(TimeSpan.FromSeconds(contact), () => rush.Cloud.Flows.Invoke(flow, "14150000001"));
            }

            rush.Run();
        }

        Assert.Equal(FunctionSpecs.All.SelectMany(function => Enum.GetValues<Trouble>(), (function, trouble) => (function.Name, trouble)).Order(), met.Order());
    }
}
