using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Topology;

namespace EndToEnd.Tests;

/// <summary>The scenarios of trouble in small, with real function processes.</summary>
public class ChaosTests
{
    /// <summary>A machine at work on other things ingests late what was sent in time: that costs the place in the order, and nothing else.</summary>
    private const int AnyNumber = 1_000;

    /// <summary>With 11 the first batch's aggregator dies, and the batch comes again in halves. A seed that fails is in the test's message: put it here to play it again.</summary>
    public static TheoryData<string, int> Seeds => new() { { "chaos", 11 }, { "chaos-quiet", Random.Shared.Next(2, int.MaxValue) } };

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public async Task Whatever_goes_wrong_every_message_reaches_the_agent_once(string scenario, int seed)
    {
        Scenario chaos = ScenarioFile.Read(scenario);
        chaos = chaos with
        {
            Bursts = [chaos.Bursts[0] with { Customers = 30, Seed = seed }],
            Faults = chaos.Faults! with { Seed = seed },
            Speed = 15,
            Expect = chaos.Expect with { Late = AnyNumber },
        };

        (ScenarioRun run, Account account) = await PlayAsync(chaos);

        Assert.Equal(300, account.Fates.Count);
        Assert.All(account.Fates, fate => Assert.True(fate.Fate is Fate.Delivered or Fate.Redriven or Fate.Late, $"seed {seed}: {fate.Fate} {fate.Message.Sent.Id} {fate.Reason}"));
        Assert.All(Judgement.Of(run), verdict => Assert.True(verdict.Holds, $"seed {seed}: {verdict.What}"));
        AnswerAccount answers = AnswerAccount.Of(run);
        Assert.True(answers.Fates.Count >= 150, $"seed {seed}: {answers.Fates.Count} answers");
        Assert.True(run.Faults.Sum(fault => fault.Struck) > 20, "nothing went wrong on purpose");
    }

    [Fact]
    public async Task New_conversations_beyond_the_quotas_are_delivered_later_and_whole()
    {
        Scenario storm = ScenarioFile.Read("quota-storm");
        storm = storm with { Window = 5, Bursts = [storm.Bursts[0] with { Customers = 40, MessagesPerCustomer = 2 }], Expect = storm.Expect with { Chats = 40, Late = AnyNumber } };

        (ScenarioRun run, Account account) = await PlayAsync(storm);

        Assert.All(Judgement.Of(run), verdict => Assert.True(verdict.Holds, verdict.What));
        // 40 chats at 5 a second, 8 of them at once.
        Assert.True(run.Chats.Max(chat => chat.StartedAt) - run.Chats.Min(chat => chat.StartedAt) >= TimeSpan.FromSeconds(6), "the quota on StartChatContact did not hold");
    }

    /// <summary>Without queues Lambda gives an event up after three attempts, some minutes.</summary>
    [Fact]
    public async Task Without_queues_an_outage_makes_dead_letters_and_put_back_each_message_is_delivered_once()
    {
        Scenario outage = ScenarioFile.Read("outage");
        outage = outage with
        {
            Bursts = [outage.Bursts[0] with { Customers = 3 }, outage.Bursts[1] with { At = 310, Customers = 3, Spread = 0 }],
            Faults = outage.Faults! with { Rules = [outage.Faults.Rules[0] with { Until = 1_100 }] },
            Redrive = true,
            Expect = outage.Expect with { Late = AnyNumber },
        };

        (ScenarioRun run, Account account) = await PlayAsync(outage, Wiring.Guide);

        Assert.Equal(3, run.Redriven.Count(letter => letter.Queue == FunctionSpecs.OnRawMessages.DeadLetterQueue));
        Assert.Equal(12, account.Fates.Count);
        Assert.All(Judgement.Of(run), verdict => Assert.True(verdict.Holds, verdict.What));
    }

    private static async Task<(ScenarioRun Run, Account Account)> PlayAsync(Scenario scenario, Wiring wiring = Wiring.Queues)
    {
        var options = new SimulatorOptions { Port = 0, BufferSeconds = scenario.Window, Release = scenario.Release, Speed = scenario.Speed, Quotas = scenario.Quotas, Wiring = wiring };
        await using SimulatorHost simulator = await SimulatorHost.StartAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
        await simulator.WhenReadyAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        ScenarioRun run = await new ScenarioRunner(new ControlClient(http), TimeProvider.System).PlayAsync(scenario, TestContext.Current.CancellationToken);
        return (run, Account.Of(run));
    }
}
