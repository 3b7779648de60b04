using System.Globalization;
using Spectre.Console;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Simulator.App.Words;

namespace WhatsAppBuffer.Simulator.App.Terminal;

/// <summary>Prints what became of every single message, what went wrong on purpose, and how long the messages waited where.</summary>
internal sealed class AccountReport(IAnsiConsole console)
{
    private const int LinesShown = 10;

    private static readonly Dictionary<Fate, string> Meanings = new Dictionary<Fate, string>
    {
        [Fate.Delivered] = "delivered once, in order",
        [Fate.Redriven] = "a dead letter at first, delivered once when sent again",
        [Fate.DeadLettered] = "in a dead-letter queue",
        [Fate.NotShown] = "of a type that shows no text",
        [Fate.Late] = "delivered once, too late for its place",
        [Fate.OutOfOrder] = "delivered once, out of order",
        [Fate.Doubled] = "delivered more than once",
        [Fate.Lost] = "lost",
    };

    public void Print(ScenarioRun run, Account account)
    {
        PrintAccount(account);
        if (run.Scenario.Answers is not null)
        {
            PrintAnswers(AnswerAccount.Of(run));
        }

        PrintFaults(run);
        PrintWaits(run, account);
    }

    private void PrintAccount(Account account)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(account.Fates.Count == 1 ? "Account of the only message" : $"Account of all {account.Fates.Count:N0} messages").AddColumn("what became of them").AddColumn(new TableColumn("messages").RightAligned());
        foreach ((Fate fate, string meaning) in Meanings)
        {
            int count = account.With(fate).Count();
            if (count > 0 || fate is Fate.Delivered or Fate.DeadLettered or Fate.Doubled or Fate.Lost)
            {
                table.AddRow(fate >= Fate.Late && count > 0 ? $"[red]{meaning}[/]" : meaning, count.ToString("N0", CultureInfo.InvariantCulture));
            }
        }

        console.Write(table);
        foreach (var reason in account.With(Fate.Redriven, Fate.DeadLettered).GroupBy(fate => (fate.Fate, fate.Reason)).OrderByDescending(group => group.Count()).Take(LinesShown))
        {
            console.MarkupLineInterpolated($"  {(reason.Key.Fate == Fate.Redriven ? $"{reason.Count():N0} sent again" : Plural.Of(reason.Count(), "dead letter"))}: {reason.Key.Reason}");
        }

        MessageFate[] bad = [.. account.With(Fate.Late, Fate.OutOfOrder, Fate.Doubled, Fate.Lost)];
        foreach (MessageFate fate in bad.Take(LinesShown))
        {
            console.MarkupLineInterpolated($"  [red]{Meanings[fate.Fate]}[/]: {fate.Message.Sent.Id} of {fate.Message.Sent.Customer} {fate.Reason}");
        }

        if (bad.Length > LinesShown)
        {
            console.MarkupLineInterpolated($"  … and {bad.Length - LinesShown:N0} more.");
        }
    }

    private void PrintAnswers(AnswerAccount account)
    {
        console.MarkupLineInterpolated($"Of {Plural.Of(account.Fates.Count, "answer")} of the agents {account.Fates.Count(fate => fate.Times == 1):N0} came once, {account.Doubled.Count:N0} more than once, {account.Lost.Count:N0} never.");
        foreach (AnswerFate fate in account.Doubled.Concat(account.Lost).Take(LinesShown))
        {
            string why = fate.Times == 0 ? "" : fate.IsDoubtful ? ": its sender was not told that it had been sent" : account.DoubledForNoReason.Contains(fate) ? ": no fault explains it" : ": its sender may have died over it";
            console.MarkupLineInterpolated($"  [red]{fate.Times:N0} times[/]: {fate.Text}{why}");
        }

        if (account.Doubled.Count + account.Lost.Count - LinesShown is > 0 and var more)
        {
            console.MarkupLineInterpolated($"  … and {more:N0} more.");
        }
    }

    private void PrintFaults(ScenarioRun run)
    {
        if (run.Faults.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).Title("What went wrong on purpose").AddColumn("rule")
            .AddColumn(new TableColumn("might have struck").RightAligned()).AddColumn(new TableColumn("struck").RightAligned());
        foreach (var count in run.Faults)
        {
            table.AddRow(Markup.Escape(count.Rule), count.Matched.ToString("N0", CultureInfo.InvariantCulture), count.Struck.ToString("N0", CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }

    /// <summary>Where the time went, and which refusals it was that cost it.</summary>
    private void PrintWaits(ScenarioRun run, Account account)
    {
        if (run.Faults.Count == 0 && run.Scenario.Quotas == QuotaSet.None)
        {
            return;
        }

        var times = account.Fates.Where(fate => fate.DeliveredAt is not null)
            .Select(fate => (Fate: fate, Times: run.Times.GetValueOrDefault(fate.Message.Sent.Id))).ToList();
        var table = new Table().Border(TableBorder.Rounded).Title("How long messages waited [grey](seconds of the simulator's clock)[/]").AddColumn("where");
        foreach (string column in (string[])["median", "95 of 100", "longest"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        AddWait(table, "until stored", times.Select(t => t.Times?.StoredAt - t.Fate.Message.Sent.SentAt));
        AddWait(table, "in the buffer", times.Select(t => t.Times?.HandedOverAt - t.Times?.StoredAt));
        AddWait(table, "after the buffer, for Amazon Connect", times.Select(t => t.Fate.DeliveredAt - t.Times?.HandedOverAt));
        AddWait(table, "in all", times.Select(t => t.Fate.Wait));
        console.Write(table);

        string[] refusals = [.. run.Statistics.Calls.Where(call => call.Value > 0 && call.Key.Contains(' ', StringComparison.Ordinal) && IsThrottle(call.Key)).Select(call => $"{call.Key} {Plural.Of(call.Value, "time")}")];
        if (refusals.Length > 0)
        {
            console.MarkupLineInterpolated($"Refused for a while: {string.Join(", ", refusals)}.");
        }
    }

    private static bool IsThrottle(string call) =>
        call.Contains("Throttl", StringComparison.Ordinal) || call.Contains("TooManyRequests", StringComparison.Ordinal) || call.Contains("LimitExceeded", StringComparison.Ordinal);

    private static void AddWait(Table table, string where, IEnumerable<TimeSpan?> waits)
    {
        double[] seconds = [.. waits.OfType<TimeSpan>().Select(wait => wait.TotalSeconds).Order()];
        if (seconds.Length > 0)
        {
            table.AddRow(where, At(0.5), At(0.95), At(1));
        }

        string At(double share) => seconds[(int)Math.Ceiling(share * seconds.Length) - 1].ToString("0.0", CultureInfo.InvariantCulture);
    }
}
