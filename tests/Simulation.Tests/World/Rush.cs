using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Topology;
using WhatsAppEventHandler.Tests.World;

namespace Simulation.Tests.World;

/// <summary>Some customers write some bursts, and some things go wrong: all of it drawn from a seed.</summary>
internal sealed class Rush : IDisposable
{
    private const int TroublesOfEach = 10;
    private const int MostWebhooks = 8;

    /// <summary>In seconds: a short buffer makes many aggregates that are delivered at the same time.</summary>
    private static readonly int[] Buffers = [1, 5, BufferSettings.DefaultSeconds];

    private readonly Dictionary<string, (double Probability, int Budget)> _troubles;
    private bool _hasUserIds;
    private int _mostAtOnce = 3;

    public Rush(int seed, Wiring wiring = Wiring.Queues)
    {
        Cloud = new Cloud(seed, wiring: wiring);
        Customers = Cloud.Customers;
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

    /// <summary>Under which ids somebody writes.</summary>
    public Func<string, Author> AuthorOf { get; set; } = number => new Author(number, number, null);

    /// <summary>Lets it happen; gives the breaches of the law.</summary>
    public IReadOnlyList<string> Run()
    {
        TimeSpan at = TimeSpan.Zero;
        for (int webhooks = Cloud.Random.Next(2, MostWebhooks + 1); webhooks > 0; webhooks--)
        {
            string[] senders = [.. Enumerable.Range(0, Cloud.Random.Next(1, 1 + _mostAtOnce)).Select(_ => Senders[Cloud.Random.Next(Senders.Count)])];
            var late = TimeSpan.FromMilliseconds(Cloud.Random.Next(4) == 0 ? Cloud.Random.Next(8_000) : 0);
            Cloud.After(at, () => Customers.Write([.. senders.Select(AuthorOf)], late));
            if (_hasUserIds && Cloud.Random.Next(2) == 0)
            {
                Cloud.After(at + TimeSpan.FromSeconds(Cloud.Random.Next(1, 40)), WriteAgain);
            }

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

    /// <summary>
    /// Everybody has a phone number and a user id, and a message shows the one, the other, or both; WhatsApp delivers some messages again, with both.
    /// </summary>
    public Rush WithUserIds()
    {
        _hasUserIds = true;
        AuthorOf = person => Cloud.Random.Next(3) switch
        {
            0 => new Author(person, person, null),
            1 => new Author(person, null, UserIdOf(person)),
            _ => new Author(person, person, UserIdOf(person)),
        };
        return this;
    }

    /// <summary>Many customers write, so that a batch has many conversations.</summary>
    public Rush WithCrowd()
    {
        Senders = [.. Enumerable.Range(0, 12).Select(_ => $"{Cloud.Random.Next(1_000_000, 9_999_999)}")];
        _mostAtOnce = 8;
        return this;
    }

    /// <summary>The customer's messages go when they have finished.</summary>
    public Rush WithQuiet()
    {
        Cloud.ReleasesQuiet = true;
        Cloud.MappingSettings = Cloud.MappingSettings with { MaximumBatchingWindowInSeconds = 1, TumblingWindowInSeconds = 0 };
        return this;
    }

    /// <summary>Some messages are files; some of these take longer than an aggregate waits, and some Connect does not take.</summary>
    public Rush WithFiles()
    {
        Customers.Files = 0.4;
        Cloud.MaxCharacters = 1024;
        Cloud.FetchTime = () => TimeSpan.FromMilliseconds(Cloud.Random.Next(5) == 0 ? Cloud.Random.Next(90_000) : Cloud.Random.Next(2_000));
        Cloud.Connect.Fail = (operation, name) => operation == "StartAttachmentUpload" && name.EndsWith("7.pdf", StringComparison.Ordinal) ? FakeConnect.Refused(operation) : null;
        Cloud.Media.Fail = mediaId => mediaId.EndsWith("5pdf", StringComparison.Ordinal) ? FakeMedia.Gone() : null;
        return this;
    }

    /// <summary>Customers edit what the agents had long ago: what is buffered together with that is joined only where it is let go.</summary>
    public Rush WithEdits()
    {
        Customers.Edits = 0.4;
        Cloud.MaxCharacters = 1024;
        return this;
    }

    /// <summary>The same, and WhatsApp does not deliver some answers.</summary>
    public Rush WithReluctance()
    {
        Cloud.Phones.Reluctance = 0.4;
        return WithAnswers();
    }

    /// <summary>The same, and some answers are files, of which some take long.</summary>
    public Rush WithFilesOfAgents()
    {
        Cloud.Agents.Files = 0.5;
        Cloud.Phones.UploadTime = () => TimeSpan.FromMilliseconds(Cloud.Random.Next(4) == 0 ? Cloud.Random.Next(40_000) : Cloud.Random.Next(1_000));
        return WithAnswers();
    }

    /// <summary>Agents answer, and end some chats.</summary>
    public Rush WithAnswers()
    {
        Cloud.Agents.Diligence = 0.6;
        Cloud.Agents.Haste = 0.1;
        Cloud.Agents.FlowGreets = true;
        return this;
    }

    /// <summary>Connect refuses some of the messages to come.</summary>
    public Rush WithRefusals()
    {
        Cloud.Refuses.UnionWith(Enumerable.Range(1, MostWebhooks * _mostAtOnce).Where(_ => Cloud.Random.Next(3) == 0).Select(number => $"message {number}"));
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
            if (Cloud.Clock.GetUtcNow() < end && request is TransactWriteItemsRequest { TransactItems: { } items }
                && items.Exists(item => item.Update?.Key[ConversationItems.PartitionKey].S.EndsWith($"#{Senders[0]}", StringComparison.Ordinal) is true))
            {
                throw new InternalServerErrorException("outage");
            }
        };
        return this;
    }

    /// <summary>Whether the operator looks what was handed over before he puts it back.</summary>
    public bool AsksFirst { get; set; } = true;

    public void Dispose() => Cloud.Dispose();

    private static string UserIdOf(string person) => $"CL.{person}";

    private void WriteAgain()
    {
        Message message = Customers.Messages[Cloud.Random.Next(Customers.Messages.Count)];
        Customers.WriteAgain(message, message.Sender, UserIdOf(message.Sender));
    }

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
