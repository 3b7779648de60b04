using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Lambda;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

/// <summary>Replays what real AWS was seen to do (tests/Fixtures/AwsRecordings): the same writes at the same times must make the same calls.</summary>
public class RecordingTests
{
    private const string Folder = "Fixtures/AwsRecordings/";

    public static TheoryData<string> Recordings =>
        [.. typeof(RecordingTests).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => n[Folder.Length..^".json".Length]).Order()];

    [Fact]
    public void There_are_recordings() => Assert.True(Recordings.Count >= 11);

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task The_same_writes_make_the_same_calls(string recording)
    {
        Recording scenario = Recording.Load($"{Folder}{recording}.json");
        var clock = new FakeTimeProvider(scenario.StartsAt);
        await using var mapping = new MappingFixture(new LambdaOptions { MappingTransition = TimeSpan.FromSeconds(scenario.EnabledAfter ?? 0) }, clock);
        mapping.Function.Answer = scenario.Function.Answer;
        Queue<RecordedWrite> writes = new(scenario.Writes);
        Write(mapping, writes, scenario.StartsAt);
        await mapping.StartAsync(scenario.Apply);

        while (clock.GetUtcNow() < scenario.StartsAt.AddSeconds(scenario.Until))
        {
            mapping.Pass(0.05);
            Write(mapping, writes, scenario.StartsAt);
        }

        Assert.Equal(scenario.Calls.Select(c => c.Records), mapping.Batches);
        foreach ((RecordedCall expected, FunctionCall actual) in scenario.Calls.Zip(mapping.Function.Calls))
        {
            expected.AssertMatches(actual, scenario.StartsAt);
        }

        Assert.Equal(scenario.Destination.Count, mapping.GivenUp.Count);
        foreach ((RecordedDestination expected, JsonElement actual) in scenario.Destination.Zip(mapping.GivenUp))
        {
            expected.AssertMatches(actual);
        }
    }

    private static void Write(MappingFixture mapping, Queue<RecordedWrite> writes, DateTimeOffset start)
    {
        DateTimeOffset now = mapping.Clock.GetUtcNow();
        while (writes.TryPeek(out RecordedWrite? write) && start.AddSeconds(write.At) <= now)
        {
            writes.Dequeue();
            mapping.Stream.Write(write.Key, createdAt: now.AddSeconds(-(write.Age ?? 0)));
        }
    }
}
