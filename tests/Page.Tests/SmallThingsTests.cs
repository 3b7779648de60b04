using LocalAws.Faults;
using Microsoft.AspNetCore.Http;
using WhatsAppBuffer.Simulator.Page.Hosting;
using WhatsAppBuffer.Simulator.Page.Numbers;
using WhatsAppBuffer.Simulator.Page.Operations;
using WhatsAppBuffer.Simulator.Page.Words;

namespace Page.Tests;

public class SmallThingsTests
{
    [Theory]
    [InlineData("/_wab/", "*/*", true)]
    [InlineData("/_wab/assets/page.css", "*/*", true)]
    [InlineData("/_wab/_blazor/negotiate", "*/*", true)]
    [InlineData("/_wab/scenarios", "text/html,*/*", true)]
    [InlineData("/_wab/scenarios", "*/*", false)]
    [InlineData("/_wab/status", "text/html", false)]
    [InlineData("/numbers", "text/html", false)]
    public void An_address_is_the_pages_or_somebody_elses(string path, string accept, bool isPage)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        (request.Method, request.Path, request.Headers.Accept) = ("GET", path, accept);

        Assert.Equal(isPage, BlazorPage.IsOfPage(request));
    }

    [Theory]
    [InlineData("/", "text/html", "", "/_wab/")]
    [InlineData("/_wab", "*/*", "", "/_wab/")]
    [InlineData("/", "*/*", "", null)]
    [InlineData("/", "text/html", "?Action=Publish", null)]
    [InlineData("/bucket", "text/html", "", null)]
    public void Shorter_addresses_lead_there_and_nothing_of_AWSs_does(string path, string accept, string query, string? there)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        (request.Method, request.Path, request.Headers.Accept, request.QueryString) = ("GET", path, accept, new QueryString(query));

        Assert.Equal(there, BlazorPage.LeadsHere(request));
    }

    [Fact]
    public void Every_fault_switch_makes_a_rule_that_can_be_and_that_is_known_again()
    {
        FaultPlan plan = FaultPlan.None;
        foreach (FaultSwitch fault in FaultSwitch.All)
        {
            plan = fault.In(plan, fault.Percent / 100);
        }

        Assert.Null(plan.Problem());
        Assert.All(FaultSwitch.All, fault => Assert.Single(plan.Rules, fault.Is));
        Assert.Empty(FaultSwitch.All.Aggregate(plan, (rest, fault) => fault.In(rest, null)).Rules);
    }

    [Theory]
    [InlineData(0, "$0.000")]
    [InlineData(0.0001, "less than $0.001")]
    [InlineData(0.012, "$0.012")]
    [InlineData(1234.5, "$1,234.50")]
    public void Money_has_three_decimals_below_a_dollar_and_two_above(double dollars, string words) => Assert.Equal(words, Show.Dollars((decimal)dollars));

    [Fact]
    public void Charts_count_what_there_is()
    {
        TimeSpan[] waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.5), TimeSpan.FromSeconds(100)];

        IReadOnlyList<Bar> bars = Figures.Waits(waits);
        Assert.Equal((1, 2, 1, 4), (bars[0].Count, bars[2].Count, bars[^1].Count, bars.Sum(bar => bar.Count)));
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(100)), (Figures.Within(waits, 0.5), Figures.Within(waits, 0.95)));
        Assert.Equal(TimeSpan.Zero, Figures.Within([], 0.5));
    }
}
