using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using WhatsAppBuffer.Simulator.App.Scenarios;

namespace App.Tests.Scenarios;

/// <summary>Writes the table of months in docs/cost.md, so that it follows from counts and prices and from nothing else.</summary>
public class MonthlyBillTests
{
    private const string Begin = "<!-- months: written by MonthlyBillTests -->\n";
    private const string End = "<!-- end of months -->";

    /// <summary>Where bursts begin at any moment, some are cut: measured by the scenario cost-any-moment.</summary>
    private const double Cut = 294 / 250.0;

    private const double Latency = 0.3;

    [Fact]
    public void The_months_in_docs_follow_from_counts_and_prices()
    {
        string file = Path.Combine(Checkout(), "docs", "cost.md");
        string before = File.ReadAllText(file).ReplaceLineEndings("\n");
        (int begin, int end) = (before.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, before.IndexOf(End, StringComparison.Ordinal));
        string now = before[..begin] + Table() + before[end..];
        if (before != now)
        {
            File.WriteAllText(file, now);
            Assert.Fail("docs/cost.md was out of date and has been written anew: look at it and commit it.");
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void The_buffer_costs_a_small_part_of_what_it_saves_but_where_hardly_anybody_writes(double messagesADay)
    {
        IReadOnlyList<BillLine> lines = new MonthlyBill(messagesADay, Cut, Latency, PriceList.Read()).Lines;
        double saved = (messagesADay * 30 * PriceList.Read().ConnectChatMessage) - lines[0].Dollars;

        Assert.InRange(lines.Skip(1).Sum(line => line.Dollars) / saved, 0, messagesADay > 1_000 ? 0.02 : 0.2);
    }

    private static string Table()
    {
        double[] days = [1_000, 100_000, 1_000_000];
        PriceList prices = PriceList.Read();
        IReadOnlyList<BillLine>[] bills = [.. days.Select(messages => new MonthlyBill(messages, Cut, Latency, prices).Lines)];
        var text = new StringBuilder();
        text.Append("| A month, in dollars | 1,000 a day | 100,000 a day | 1,000,000 a day |\n|---|---:|---:|---:|\n");
        void Row(string what, Func<int, double> of) => text.Append(CultureInfo.InvariantCulture, $"| {what} | {string.Join(" | ", days.Select((_, i) => Round(of(i))))} |\n");
        foreach (int line in Enumerable.Range(0, bills[0].Count))
        {
            Row(bills[0][line].What, i => bills[i][line].Dollars);
        }

        Row("**all but Connect**", i => bills[i].Skip(1).Sum(line => line.Dollars));
        Row("Connect without buffering", i => days[i] * 30 * prices.ConnectChatMessage);
        Row("**saved**", i => (days[i] * 30 * prices.ConnectChatMessage) - bills[i].Sum(line => line.Dollars));
        return text.ToString();
    }

    private static string Round(double dollars) => dollars.ToString(dollars < 10 ? "0.00" : "#,0", CultureInfo.InvariantCulture);

    private static string Checkout([CallerFilePath] string file = "") =>
        Find(new DirectoryInfo(File.Exists(file) ? Path.GetDirectoryName(file)! : AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "WhatsAppBuffer.sln")) ? folder.FullName : Find(folder.Parent!);
}
