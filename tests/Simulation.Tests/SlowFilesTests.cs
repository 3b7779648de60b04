using Simulation.Tests.World;

namespace Simulation.Tests;

/// <summary>Files that WhatsApp is slow with make nobody else wait: they never hold more than half of a function's sandboxes.</summary>
public class SlowFilesTests
{
    private const int Many = 12;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public void An_answer_does_not_wait_for_the_files_before_it()
    {
        using Cloud cloud = Quick();
        cloud.Phones.UploadTime = () => Slow;
        cloud.Customers.Write(["14157470265"]);
        cloud.Settle();
        cloud.Agents.Files = 1;
        for (int file = 0; file < Many; file++)
        {
            cloud.Agents.Write(cloud.Connect.Contacts.Single());
        }

        string[] arrived = [];
        cloud.After(TimeSpan.FromSeconds(2), () =>
        {
            cloud.Agents.Files = 0;
            cloud.Agents.Write(cloud.Connect.Contacts.Single());
            cloud.After(Soon, () => arrived = [.. cloud.Phones.Received.Select(received => received.Text)]);
        });

        cloud.Settle();

        Assert.Equal([$"answer {Many + 1}"], arrived);
        Assert.Equal(Many + 1, cloud.Phones.Received.Count);
        Assert.Empty(Law.Breaches(cloud, cloud.Customers.Messages));
    }

    [Fact]
    public void A_customers_words_do_not_wait_for_the_files_of_others()
    {
        using Cloud cloud = Quick();
        cloud.FetchTime = () => Slow;
        cloud.MaxCharacters = 1024;
        cloud.Customers.Files = 1;
        for (int customer = 0; customer < Many; customer++)
        {
            cloud.Customers.Write([$"49170000{customer:D3}"]);
        }

        string[] shown = [];
        cloud.After(TimeSpan.FromSeconds(4), () =>
        {
            cloud.Customers.Files = 0;
            cloud.Customers.Write(["14157470265"]);
            cloud.After(Soon, () => shown = [.. Law.Shown(cloud, "14157470265")]);
        });

        cloud.Settle();

        Assert.Equal([cloud.Customers.Messages[^1].Text], shown);
        Assert.Empty(Law.Breaches(cloud, cloud.Customers.Messages));
    }

    private static Cloud Quick()
    {
        var cloud = new Cloud(seed: 1) { Latency = () => TimeSpan.FromMilliseconds(5) };
        cloud.MappingSettings = cloud.MappingSettings with { MaximumBatchingWindowInSeconds = 1, TumblingWindowInSeconds = 1 };
        return cloud;
    }
}
