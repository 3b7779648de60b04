using FsCheck;
using FsCheck.Xunit;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

/// <summary>
/// Many invocations, late, repeated, reordered and side by side, in a world where every call may fail: what the agent sees does not change.
/// </summary>
public class SimulationTests
{
    [Property(MaxTest = 300)]
    public void Each_aggregate_reaches_the_agent_once_and_in_order(DoNotSize<int> seed)
    {
        Scenario scenario = new(seed.Item);
        scenario.World.Trouble = scenario.Troubles(budget: 12, probability: 0.04);

        Assert.Empty(scenario.Run());

        foreach ((string customer, string[] expected) in scenario.Expected)
        {
            Assert.Equal(expected, scenario.ContactsOf(customer).SelectMany(contact => contact.Texts));
        }

        Assert.Empty(scenario.World.Table.Outbox);
    }

    [Property(MaxTest = 300)]
    public void When_chats_end_and_tokens_expire_nothing_is_lost_and_each_chat_keeps_the_order(DoNotSize<int> seed)
    {
        Scenario scenario = new(seed.Item);
        scenario.World.Trouble = scenario.Troubles(budget: 6, probability: 0.03);
        for (int i = 0; i < scenario.World.Random.Next(1, 5); i++)
        {
            scenario.World.After(TimeSpan.FromMilliseconds(scenario.World.Random.Next(0, 4_000)), scenario.EndOrExpire);
        }

        Assert.Empty(scenario.Run());

        foreach ((string customer, string[] expected) in scenario.Expected)
        {
            foreach (FakeContact contact in scenario.ContactsOf(customer))
            {
                int[] places = [.. contact.Texts.Select(text => Array.IndexOf(expected, text))];
                Assert.Equal(places.Order().Distinct(), places);
            }

            Assert.Equal(expected.Order(), scenario.ContactsOf(customer).SelectMany(contact => contact.Texts).Distinct().Order());
        }

        Assert.Empty(scenario.World.Table.Outbox);
    }

    [Property(MaxTest = 300)]
    public void When_only_chats_end_no_aggregate_is_shown_twice_in_any_chat(DoNotSize<int> seed)
    {
        Scenario scenario = new(seed.Item);
        scenario.World.After(TimeSpan.FromMilliseconds(scenario.World.Random.Next(0, 4_000)), scenario.EndOrExpire);

        Assert.Empty(scenario.Run());

        foreach ((string customer, string[] expected) in scenario.Expected)
        {
            Assert.Equal(expected, scenario.ContactsOf(customer).SelectMany(contact => contact.Texts));
        }
    }

    [Fact]
    public void A_crash_at_any_one_step_of_a_delivery_changes_nothing_for_the_agent()
    {
        string[] steps = StepsOf(_ => Trouble.None);
        Assert.Contains("SendMessage", steps);

        for (int step = 0; step < steps.Length; step++)
        {
            foreach (Trouble trouble in Enum.GetValues<Trouble>())
            {
                int at = step;
                StepsOf(number => number == at ? trouble : Trouble.None);
            }
        }
    }

    /// <summary>Two aggregates, the first in two parts, into a new chat.</summary>
    private static string[] StepsOf(Func<int, Trouble> trouble)
    {
        var world = new CloudWorld { Environment = new WhatsAppEventHandlerOptions { TableName = "t", MaxMessageCharacters = 16, TopicArn = "arn:topic" } };
        List<string> steps = [];
        world.Trouble = step =>
        {
            steps.Add(step);
            return trouble(steps.Count - 1);
        };
        AggregatedEvent[] events = [Events.Text("first half\nsecond half", 1), Events.Text("third", 2)];
        foreach (AggregatedEvent value in events)
        {
            world.Put(value);
            world.InvokeAsync(value, TimeSpan.Zero);
        }

        Assert.Empty(world.Settle());
        Assert.Equal(["first half", "second half", "third"], world.Connect.Single.Texts);
        Assert.Empty(world.Table.Outbox);
        return [.. steps];
    }

    /// <summary>Random conversations of random aggregates, each put in order and invoked at random, some twice.</summary>
    private sealed class Scenario
    {
        private readonly List<AggregatedEvent> _events = [];

        public Scenario(int seed)
        {
            World = new CloudWorld(seed)
            {
                Environment = new WhatsAppEventHandlerOptions { TableName = "t", MaxMessageCharacters = 16, TopicArn = "arn:topic" },
                TimeOut = TimeSpan.FromMinutes(3),
            };
            World.Latency = () => TimeSpan.FromMilliseconds(World.Random.Next(1, 120));
            for (int customer = 0; customer < World.Random.Next(1, 4); customer++)
            {
                string name = $"56900{customer}";
                List<string> expected = [];
                for (int sequence = 1; sequence <= World.Random.Next(1, 6); sequence++)
                {
                    string[] parts = [.. Enumerable.Range(0, World.Random.Next(1, 4)).Select(part => $"{customer}-{sequence}-{part} {new string('x', 8)}")];
                    expected.AddRange(parts);
                    _events.Add(Events.Text(string.Join('\n', parts), sequence, name));
                }

                Expected[name] = [.. expected];
            }
        }

        public CloudWorld World { get; }

        public Dictionary<string, string[]> Expected { get; } = [];

        public IEnumerable<FakeContact> ContactsOf(string customer) => World.Connect.Contacts.Where(contact => contact.Start.Customer.Id == customer);

        public IReadOnlyList<Exception> Run()
        {
            // In one conversation an aggregate is put only after its predecessors; invocations come as they please.
            TimeSpan put = TimeSpan.Zero;
            foreach (AggregatedEvent value in _events)
            {
                put += TimeSpan.FromMilliseconds(World.Random.Next(20, 400));
                World.After(put, () => World.Put(value));
                for (int repeat = World.Random.Next(4) == 0 ? 2 : 1; repeat > 0; repeat--)
                {
                    World.InvokeAsync(value, put + TimeSpan.FromMilliseconds(World.Random.Next(40, 3_000)), attempts: 20);
                }
            }

            return World.Settle();
        }

        public Func<string, Trouble> Troubles(int budget, double probability) => _ =>
        {
            if (budget == 0 || World.Random.NextDouble() >= probability)
            {
                return Trouble.None;
            }

            budget--;
            return (Trouble)World.Random.Next(1, 6);
        };

        /// <summary>A chat ends, or all its connection tokens expire.</summary>
        public void EndOrExpire()
        {
            if (World.Connect.Contacts.Count > 0)
            {
                FakeContact contact = World.Connect.Contacts[World.Random.Next(World.Connect.Contacts.Count)];
                contact.Ended = World.Random.Next(2) == 0;
                contact.ConnectionTokens.Clear();
            }
        }
    }
}
