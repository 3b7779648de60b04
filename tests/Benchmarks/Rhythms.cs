using Spectre.Console;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Benchmarks;

/// <summary>
/// Both release policies on the same customers: a thousand of them, each with a rhythm of their own, drawn from a seed. How long do lone messages wait, and which bursts arrive whole?
/// </summary>
internal static class Rhythms
{
    private const int Customers = 1_000;
    private const int Seed = 1;

    private const int MostShown = 5;

    /// <summary>Over how long the customers begin, in seconds.</summary>
    private const double Spread = 180;

    /// <param name="speed">The clock's; 1 when nothing is said: what is measured is waiting.</param>
    public static async Task RunAsync(string? speed)
    {
        double factor = speed is null ? 1 : double.Parse(speed, System.Globalization.CultureInfo.InvariantCulture);
        Rhythm[] rhythms = [.. Draw(new Random(Seed))];
        var table = new Table().Title($"{Customers:N0} customers within {Spread} s, both policies on the same rhythms, at speed {factor:0.##}")
            .AddColumn("release").AddColumn("lone message waits: p50").AddColumn("p95").AddColumn("bursts whole").AddColumn("those that pause < quiet − 1 s and end before the maximum").AddColumn("first message waits at most").AddColumn("lost, doubled, late");
        foreach (ReleaseChoice release in Enum.GetValues<ReleaseChoice>())
        {
            await MeasureAsync(table, release, rhythms, factor);
        }

        AnsiConsole.Write(table);
    }

    private static async Task MeasureAsync(Table table, ReleaseChoice release, Rhythm[] rhythms, double speed)
    {
        await using SimulatorHost simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { Port = 0, Speed = speed, Release = release, FunctionsFolder = BenchCloud.PublishedFunctions }, TimeProvider.System, CancellationToken.None);
        await simulator.WhenReadyAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        var scenario = new Scenario
        {
            Name = "rhythms",
            Description = "rhythms",
            Release = release,
            Start = ScenarioStart.Now,
            Messages = [.. rhythms.SelectMany(rhythm => rhythm.Messages)],
        };
        ScenarioRun run = await new ScenarioRunner(new ControlClient(http), TimeProvider.System).PlayAsync(scenario, CancellationToken.None);
        Account account = Account.Of(run);
        ILookup<string, MessageFate> fates = account.Fates.ToLookup(fate => fate.Message.Sent.Customer);
        var shown = run.Chats.ToLookup(chat => chat.CustomerName).ToDictionary(chats => chats.Key, chats => chats.Sum(chat => chat.Transcript.Count(item => item.Role == "CUSTOMER" && (item.ContentType == "text/plain" || item.File is not null))));
        double[] lone = [.. rhythms.Where(rhythm => rhythm.Messages.Count == 1).Select(rhythm => fates[rhythm.Customer].First().Wait?.TotalSeconds ?? double.PositiveInfinity).Order()];
        Rhythm[] bursts = [.. rhythms.Where(rhythm => rhythm.Messages.Count > 1)];
        bool IsWhole(Rhythm rhythm) => shown.GetValueOrDefault(rhythm.Customer) == rhythm.Parts;
        Rhythm[] tame = [.. bursts.Where(rhythm => rhythm.LongestGap < 4 && rhythm.Length < 19)];
        if (release is ReleaseChoice.Quiet)
        {
            Show(release, tame.Where(rhythm => !IsWhole(rhythm)), run);
        }

        int wrong(Fate fate) => account.Fates.Count(message => message.Fate == fate);
        table.AddRow(
            release.ToString().ToLowerInvariant(),
            $"{lone[lone.Length / 2]:0.0} s",
            $"{lone[(int)(lone.Length * 0.95)]:0.0} s",
            $"{100.0 * bursts.Count(IsWhole) / bursts.Length:0.0} % of {bursts.Length}",
            $"{100.0 * tame.Count(IsWhole) / tame.Length:0.0} % of {tame.Length}",
            $"{account.Fates.Max(fate => fate.Wait?.TotalSeconds ?? 0):0.0} s",
            $"{wrong(Fate.Lost)}, {wrong(Fate.Doubled)}, {wrong(Fate.Late)}");
    }

    /// <summary>What became of bursts that could have been whole.</summary>
    private static void Show(ReleaseChoice release, IEnumerable<Rhythm> broken, ScenarioRun run)
    {
        foreach (Rhythm rhythm in broken.Take(MostShown))
        {
            IEnumerable<string> seen = run.Chats.Where(chat => chat.CustomerName == rhythm.Customer).SelectMany(chat => chat.Transcript).Where(item => item.Role == "CUSTOMER").Select(item => $"{item.At:HH:mm:ss.f} {item.File?.Name ?? item.Content}");
            AnsiConsole.WriteLine($"{release}, {rhythm.Customer} at {string.Join(", ", rhythm.Messages.Select(message => $"{message.At:0.0} {message.Type}"))}: {string.Join(" | ", seen).ReplaceLineEndings("/")}");
        }
    }

    /// <summary>Two in five write once, two in five quickly, one in eight slowly, the others with a picture in between.</summary>
    private static IEnumerable<Rhythm> Draw(Random random)
    {
        for (int i = 0; i < Customers; i++)
        {
            double at = random.NextDouble() * Spread;
            yield return random.Next(40) switch
            {
                < 16 => Of(i, at, [0], null),
                < 32 => Of(i, at, [0, .. Gaps(random, random.Next(1, 8), 0.4, 2.5)], null),
                < 37 => Of(i, at, [0, .. Gaps(random, random.Next(1, 5), 2, 4)], null),
                _ => Of(i, at, [0, .. Gaps(random, 2, 0.5, 2.5)], pictureAt: 1),
            };
        }
    }

    private static IEnumerable<double> Gaps(Random random, int count, double least, double most) => Enumerable.Range(0, count).Select(_ => least + (random.NextDouble() * (most - least)));

    private static Rhythm Of(int number, double at, double[] gaps, int? pictureAt)
    {
        string customer = $"Customer {number}";
        double moment = at;
        ScriptedMessage[] messages = [.. gaps.Select((gap, i) => new ScriptedMessage { At = moment += gap, Customer = customer, Text = i == pictureAt ? "" : $"{number} says {i}", Type = i == pictureAt ? "image" : "text" })];
        return new Rhythm(customer, messages, gaps.Skip(1).DefaultIfEmpty().Max(), gaps.Sum(), pictureAt is null ? 1 : 3);
    }

    /// <param name="Customer">Who.</param>
    /// <param name="Messages">What they write, and when.</param>
    /// <param name="LongestGap">Between two, in seconds.</param>
    /// <param name="Length">From the first to the last, in seconds.</param>
    /// <param name="Parts">What the agent sees of a burst that is whole: one message, or one on either side of a picture.</param>
    private sealed record Rhythm(string Customer, IReadOnlyList<ScriptedMessage> Messages, double LongestGap, double Length, int Parts);
}
