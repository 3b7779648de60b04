using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Scenarios;

namespace App.Tests.Scenarios;

public class CostTableTests
{
    [Fact]
    public void The_guides_example_costs_four_dollars_of_chat_without_buffering_and_one_with_it()
    {
        var counted = new StatisticsView
        {
            Calls = new Dictionary<string, long>(),
            Functions = new Dictionary<string, FunctionUsage> { ["f"] = new(1500, 0, 60) },
            WriteRequestUnits = 2000,
            ReadRequestUnits = 500,
            ConnectMessagesIn = 250,
            ConnectMessagesOut = 0,
            WhatsAppMessagesIn = 1000,
            WhatsAppMessagesOut = 0,
        };

        var rows = CostTable.Of(counted, PriceList.Read());

        CostRow chat = Assert.Single(rows, row => row.Component.Contains("Connect", StringComparison.Ordinal));
        Assert.Equal(4.00, chat.Without, 6);
        Assert.Equal(1.00, chat.With, 6);
        Assert.InRange(rows.Where(row => !row.Component.Contains("Connect", StringComparison.Ordinal)).Sum(row => row.With), 0.0001, 0.01);
    }

    [Fact]
    public void Every_price_states_its_source()
    {
        PriceList prices = PriceList.Read();
        Assert.Equal(5, prices.Sources.Count);
        Assert.All(prices.Sources.Values, source => Assert.NotEmpty(source));
    }
}
