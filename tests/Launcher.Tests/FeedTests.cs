namespace Launcher.Tests;

/// <summary>What the launcher concludes from what NuGet says of a package feed.</summary>
[Collection(nameof(Launcher))]
public sealed class FeedTests(Launcher launcher)
{
    [Fact]
    public async Task A_feed_with_everything_is_full()
    {
        launcher.UseFeed(launcher.DecidingPackages);

        Assert.Equal(("full", "full"), await LookAsync());
    }

    [Fact]
    public async Task A_feed_without_anything_lacks_both()
    {
        launcher.UseFeed([]);

        Assert.Equal(("limited", "limited"), await LookAsync());
    }

    [Theory]
    [InlineData("Amazon.Lambda.RuntimeSupport")]
    [InlineData("Aspire.Hosting.AWS")]
    public async Task A_feed_that_lacks_one_AWS_package_is_limited_and_has_Aspire(string lacking)
    {
        launcher.UseFeed(launcher.DecidingPackages.Where(package => package.Key != lacking));

        Assert.Equal(("limited", "full"), await LookAsync());
    }

    [Theory]
    [InlineData("Aspire.AppHost.Sdk")]
    [InlineData("Aspire.Hosting.AppHost")]
    public async Task A_feed_that_lacks_Aspire_may_have_all_AWS_packages(string lacking)
    {
        launcher.UseFeed(launcher.DecidingPackages.Where(package => package.Key != lacking));

        Assert.Equal(("full", "limited"), await LookAsync());
    }

    [Fact]
    public async Task A_package_that_is_too_old_is_missing()
    {
        launcher.UseFeed(launcher.DecidingPackages.Where(package => package.Key != "AWSSDK.Connect").Append(KeyValuePair.Create("AWSSDK.Connect", "3.7.0")));

        Assert.Equal(("limited", "full"), await LookAsync());
    }

    [Fact]
    public async Task A_feed_that_cannot_be_reached_is_an_error_and_no_answer()
    {
        launcher.UseSource("http://127.0.0.1:1/v3/index.json");

        Ended looked = await launcher.RunAsync("feed");

        Assert.Equal(2, looked.ExitCode);
        Assert.Contains("NU1301", looked.Errors, StringComparison.Ordinal);
        Assert.Contains("wab: The package feed could not be asked", looked.Errors, StringComparison.Ordinal);
        Assert.Null(launcher.Answers);
    }

    [Fact]
    public async Task Without_Aspire_AppHost_is_left_out_of_the_solution_and_one_sentence_says_so()
    {
        launcher.UseFeed([]);

        Ended built = await launcher.RunAsync("build", "--getProperty:SolutionFilterName");

        Assert.Contains("AppHost is left out: the package feed lacks Aspire.", built.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AppHost.csproj", launcher.SolutionWithoutAppHost, StringComparison.Ordinal);
        Assert.Contains("Simulator/App/App.csproj", launcher.SolutionWithoutAppHost, StringComparison.Ordinal);
    }

    /// <summary>Has the launcher look, and reads what it remembers.</summary>
    private async Task<(string Aws, string Aspire)> LookAsync()
    {
        Ended looked = await launcher.RunAsync("feed");

        Assert.True(looked.ExitCode == 0, looked.Errors);
        return (Answer("PackageFeed"), Answer("AspireFeed"));

        string Answer(string name) => System.Xml.Linq.XDocument.Parse(launcher.Answers!).Descendants(name).Single().Value;
    }
}
