using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests.World;

/// <summary>Some customers write some bursts, and some things go wrong: all of it drawn from a seed.</summary>
internal sealed class Rush : IDisposable
{
    private const int TroublesOfEach = 10;
    private const int MostWebhooks = 8;
    private const int MostMessages = MostWebhooks * 3;

    /// <summary>In seconds: a short buffer makes many aggregates that are delivered at the same time.</summary>
    private static readonly int[] Buffers = [1, 5, BufferSettings.DefaultSeconds];

    private readonly Dictionary<string, (double Probability, int Budget)> _troubles;

    public Rush(int seed, Wiring wiring = Wiring.Queues)
    {
        Cloud = new Cloud(seed, wiring: wiring);
        Customers = new Customers(Cloud);
        _troubles = FunctionSpecs.All.ToDictionary(
            function => function.Name,
            _ => (Math.Pow(Cloud.Random.NextDouble(), 2) * 0.4, TroublesOfEach));
        Cloud.Trouble = TroubleAt;
        Cloud.Latency = () => TimeSpan.FromMilliseconds(Cloud.Random.Next(25) == 0 ? Cloud.Random.Next(4_000) : Cloud.Random.Next(1, 120));
        int buffer = Buffers[Cloud.Random.Next(Buffers.Length)];
        Cloud.MappingSettings = Cloud.MappingSettings with { MaximumBatchingWindowInSeconds = buffer, TumblingWindowInSeconds = buffer };
        Senders = [.. Enumerable.Range(0, Cloud.Random.Next(1, 4)).Select(_ => $"{Cloud.Random.Next(1_000_000, 9_999_999)}")];
    }

    public Cloud Cloud { get; }

    public Customers Customers { get; }

    /// <summary>Who writes.</summary>
    public IReadOnlyList<string> Senders { get; set; }

    /// <summary>Lets it happen; gives the breaches of the law.</summary>
    public IReadOnlyList<string> Run()
    {
        TimeSpan at = TimeSpan.Zero;
        for (int webhooks = Cloud.Random.Next(2, MostWebhooks + 1); webhooks > 0; webhooks--)
        {
            string[] senders = [.. Enumerable.Range(0, Cloud.Random.Next(1, 1 + (MostMessages / MostWebhooks))).Select(_ => Senders[Cloud.Random.Next(Senders.Count)])];
            var late = TimeSpan.FromMilliseconds(Cloud.Random.Next(4) == 0 ? Cloud.Random.Next(8_000) : 0);
            Cloud.After(at, () => Customers.Write(senders, late));
            at += TimeSpan.FromMilliseconds(Cloud.Random.Next(3) == 0 ? Cloud.Random.Next(25_000) : Cloud.Random.Next(3_000));
        }

        Cloud.Settle();
        if (Cloud.GivenUp.Count > 0)
        {
            Cloud.RedriveGivenUp(AsksFirst);
        }

        if (Cloud.Refuses.Count > 0)
        {
            Cloud.RedriveRefused();
        }

        return Law.Breaches(Cloud, Customers.Messages);
    }

    /// <summary>Connect refuses some of the messages to come.</summary>
    public Rush WithRefusals()
    {
        Cloud.Refuses.UnionWith(Enumerable.Range(1, MostMessages).Where(_ => Cloud.Random.Next(3) == 0).Select(number => $"message {number}"));
        return this;
    }

    /// <summary>For longer than the mapping has patience the table takes nothing of one conversation, and so holds up what shares a batch with it.</summary>
    public Rush WithOutage()
    {
        TimeSpan patience = TimeSpan.FromMinutes(30);
        DateTimeOffset end = Cloud.Clock.GetUtcNow() + (patience * 1.2);
        Cloud.MappingSettings = Cloud.MappingSettings with { MaximumRecordAgeInSeconds = (int)patience.TotalSeconds };
        // A sandbox that dies over a batch leaves no note of what it handed over.
        _troubles[FunctionSpecs.MessageAggregator.Name] = (0, 0);
        Cloud.Rewrite = request =>
        {
            if (Cloud.Clock.GetUtcNow() < end && request is TransactWriteItemsRequest { TransactItems: [{ Update: { } advance }, ..] }
                && advance.Key[ConversationItems.PartitionKey].S.EndsWith($"#{Senders[0]}", StringComparison.Ordinal))
            {
                throw new InternalServerErrorException("outage");
            }
        };
        return this;
    }

    /// <summary>Whether the operator looks what was handed over before he puts it back.</summary>
    public bool AsksFirst { get; set; } = true;

    public void Dispose() => Cloud.Dispose();

    private Trouble TroubleAt(string step)
    {
        string function = _troubles.Keys.Single(name => step.Contains(name, StringComparison.Ordinal));
        (double probability, int budget) = _troubles[function];
        if (budget == 0 || Cloud.Random.NextDouble() >= probability)
        {
            return Trouble.None;
        }

        _troubles[function] = (probability, budget - 1);
        return (Trouble)Cloud.Random.Next(1, Enum.GetValues<Trouble>().Length);
    }
}
