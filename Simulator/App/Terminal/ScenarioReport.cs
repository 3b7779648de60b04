using System.Globalization;
using Spectre.Console;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Simulator.App.Words;

namespace WhatsAppBuffer.Simulator.App.Terminal;

/// <summary>Prints a run for people: what the agent saw, when what happened, what it would cost, what held.</summary>
internal sealed class ScenarioReport(IAnsiConsole console)
{
    private const int CustomersShown = 3;

    public void Print(ScenarioRun run, Account account, IReadOnlyList<Verdict> verdicts)
    {
        PrintTranscripts(run);
        PrintTimeLine(run, account);
        new AccountReport(console).Print(run, account);
        if (run.Scenario.Cost)
        {
            PrintCost(run);
        }

        foreach (Verdict verdict in verdicts)
        {
            console.MarkupLine(verdict.Holds ? $"[green]✓[/] {Markup.Escape(verdict.What)}" : $"[red]✗ {Markup.Escape(verdict.What)}[/]");
        }
    }

    private void PrintTranscripts(ScenarioRun run)
    {
        IReadOnlyList<Correspondence> conversations = run.Correspondences();
        foreach (Correspondence conversation in conversations.Take(CustomersShown))
        {
            var table = new Table().Border(TableBorder.Rounded).Title($"What the agent saw of {Markup.Escape(NameOf(conversation))}")
                .AddColumn("at").AddColumn("chat").AddColumn("message");
            foreach (var chat in run.ChatsOf(conversation))
            {
                foreach (var item in chat.Transcript.Where(item => item.ContentType.StartsWith("text/", StringComparison.Ordinal)))
                {
                    table.AddRow(Clock(item.At), Markup.Escape(chat.ContactId[..8]), Markup.Escape($"{(item.Role == "CUSTOMER" ? "" : item.Role + ": ")}{Shorten(item.Content)}"));
                }
            }

            console.Write(table);
        }

        if (conversations.Count > CustomersShown)
        {
            console.MarkupLineInterpolated($"… and {Plural.Of(conversations.Count - CustomersShown, "more customer")}.");
        }
    }

    private void PrintTimeLine(ScenarioRun run, Account account)
    {
        var deliveredAt = account.Fates.ToDictionary(fate => fate.Message.Sent.Id, fate => fate.DeliveredAt);
        Correspondence first = run.Correspondences()[0];
        DateTimeOffset start = first.Messages.Min(message => message.Sent.SentAt);
        var table = new Table().Border(TableBorder.Rounded).Title($"Time line of {Markup.Escape(NameOf(first))} [grey](seconds of the simulator's clock, speed {run.Speed:0.##})[/]")
            .AddColumn("message").AddColumn("sent").AddColumn("stored").AddColumn("batch handed over").AddColumn("let go").AddColumn("delivered");
        foreach (RunMessage message in first.Messages.Take(10))
        {
            var times = run.Times.GetValueOrDefault(message.Sent.Id);
            table.AddRow(
                Markup.Escape(Shorten(message.Line.ExpectedText ?? message.Line.Request.Type).Split('\n')[0]),
                After(message.Sent.SentAt),
                After(times?.StoredAt),
                After(times?.HandedOverAt),
                times?.ReleaseReason is { } reason ? $"{After(times.ReleasedAt)} {ReleaseWords.Of(reason)}" : "with its window",
                message.Line.ExpectedText is null ? "" : After(deliveredAt[message.Sent.Id]));
        }

        console.Write(table);
        var reasons = run.Times.Values.Select(times => times.ReleaseReason).OfType<string>().GroupBy(reason => reason).OrderByDescending(group => group.Count()).ToList();
        if (reasons.Count > 0)
        {
            console.MarkupLineInterpolated($"Let go: {string.Join(", ", reasons.Select(reason => $"{Plural.Of(reason.Count(), "message")} {ReleaseWords.Of(reason.Key)}"))}.");
        }

        string After(DateTimeOffset? at) => at is null ? "[red]never[/]" : string.Create(CultureInfo.InvariantCulture, $"+{(at.Value - start).TotalSeconds:0.00}");
    }

    private void PrintCost(ScenarioRun run)
    {
        PriceList prices = PriceList.Read();
        IReadOnlyList<CostRow> rows = CostTable.Of(run.Statistics, prices);
        var table = new Table().Border(TableBorder.Rounded).Title($"Cost of {Plural.Of(run.Statistics.WhatsAppMessagesIn, "message")} ({prices.Region}, prices as of {prices.AsOf}, see prices.json)")
            .AddColumn("component").AddColumn(new TableColumn("without buffering").RightAligned()).AddColumn(new TableColumn("with buffering").RightAligned())
            .AddColumn(new TableColumn("saved").RightAligned());
        foreach (CostRow row in rows)
        {
            table.AddRow(Markup.Escape(row.Component), Dollars(row.Without), Dollars(row.With), Dollars(row.Without - row.With));
        }

        table.AddRow("[bold]Total[/]", Dollars(rows.Sum(r => r.Without)), Dollars(rows.Sum(r => r.With)), Dollars(rows.Sum(r => r.Without - r.With)));
        console.Write(table);
        console.MarkupLineInterpolated($"Counted: {Plural.Of(run.Statistics.ConnectMessagesIn, "chat message")}, {Plural.Of(run.Statistics.Functions.Values.Sum(f => f.Invocations), "Lambda invocation")}, {run.Statistics.Functions.Values.Sum(f => f.GigabyteSeconds):0.000} GB-seconds, {run.Statistics.WriteRequestUnits:N0} write and {run.Statistics.ReadRequestUnits:N1} read request units. Not in the table: {run.Statistics.WhatsAppMessagesOut:N0} read receipts and reactions sent to customers, which may be billed as messages.");
    }

    private static string NameOf(Correspondence conversation) =>
        $"{string.Join(", ", conversation.Messages.Select(message => message.Sent.Customer).Distinct().Take(CustomersShown))}{(conversation.IsGroup ? " in a group" : "")}";

    private static string Dollars(double amount) => amount.ToString(amount is 0 ? "$0" : Math.Abs(amount) < 0.01 ? "$0.000000" : "$0.00", CultureInfo.InvariantCulture);

    private static string Clock(DateTimeOffset at) => at.ToString("HH:mm:ss.f", CultureInfo.InvariantCulture);

    private static string Shorten(string text) => text.Length <= 200 ? text : $"{text[..160]}… ({text.Length:N0} characters)";
}
