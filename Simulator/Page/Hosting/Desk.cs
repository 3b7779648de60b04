using LocalAws.Connect;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Simulator.Page.Buffer;
using WhatsAppBuffer.Simulator.Page.Recording;

namespace WhatsAppBuffer.Simulator.Page.Hosting;

/// <summary>What the page's parts read of a running simulator.</summary>
internal static class Desk
{
    /// <summary>What ends a burst there.</summary>
    public static ReleaseTimes Release(this Simulation simulation)
    {
        int quiet = 5;
        int most = 20;
        if (simulation.Cloud.Ssm.Find(simulation.Resources.ConfigParameter)?.Value is { } text && ForeignJson.Node(text) is { } settings)
        {
            quiet = Whole(settings["quiet_seconds"]?.ToString(), quiet);
            most = Whole(settings["quiet_max_seconds"]?.ToString(), most);
        }

        return new ReleaseTimes(simulation.Resources.IsQuiet, simulation.Resources.BufferSeconds, quiet, most);
    }

    /// <summary>What is in the buffer.</summary>
    public static IReadOnlyList<WaitingBurst> Waiting(this Live live) => live.Simulation is { } simulation
        ? BufferView.Waiting(live.Ledger.UnderWay.Select(message => (message, live.Ledger.StageOf(message, live.Now, Live.Poll))).Where(entry => entry.Item2 <= Stage.Waiting), simulation.Release())
        : [];

    /// <summary>How many messages are at each stage; of the last, how many chat messages have arrived.</summary>
    public static IReadOnlyDictionary<Stage, long> Stages(this Live live)
    {
        var counts = live.Ledger.UnderWay.CountBy(message => live.Ledger.StageOf(message, live.Now, Live.Poll)).ToDictionary(count => count.Key, count => (long)count.Value);
        counts[Stage.Delivered] = live.Simulation?.Status().Buffered.Delivered ?? 0;
        return counts;
    }

    /// <summary>The bursts, newest first.</summary>
    public static IReadOnlyList<BurstView> Bursts(this Live live, int most)
    {
        if (live.Simulation is not { } simulation)
        {
            return [];
        }

        ReleaseTimes release = simulation.Release();
        // A burst whose rest still waits is cut already, and is told so before the rest has gone.
        HashSet<string> cut = [.. live.Ledger.UnderWay.Where(message => message.BurstId is null).DistinctBy(message => message.Customer).Select(live.Ledger.CutFrom).OfType<RecordedBurst>().Select(burst => burst.Id)];
        return [.. live.Ledger.Bursts.Reverse().Take(most).Select(burst => burst with { IsCut = burst.IsCut || cut.Contains(burst.Id) }).Select(burst => BufferView.Of(burst, live.Ledger.Message, release, (decimal)simulation.Prices.ConnectChatMessage))];
    }

    /// <summary>The chats, the newest first.</summary>
    public static IReadOnlyList<ContactSummary> Contacts(this Live live) => live.Simulation is { } simulation
        ? [.. simulation.Cloud.Connect.AgentDesktop.Contacts.OrderBy(contact => contact.EndedAt is not null).ThenByDescending(contact => contact.StartedAt)]
        : [];

    /// <summary>The texts of the guide's burst.</summary>
    public static IReadOnlyList<string> GuidesBurst() => [.. ScenarioScript.Write(ScenarioFile.Read("rapid-burst")).Select(line => line.Request.Text ?? "")];

    /// <summary>Writes as a customer.</summary>
    public static void Send(this Live live, SendMessageRequest request)
    {
        if (live.Simulation is not { } simulation)
        {
            throw new ArgumentException("The simulator is still being set up. Try again in a moment.");
        }

        simulation.WhatsApp.Send(request);
        live.Touch();
    }

    private static int Whole(string? text, int other) => int.TryParse(text, out int number) ? number : other;
}
