using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS.Model;

namespace WhatsAppBuffer.Simulator.App.Fidelity;

/// <summary>Makes the writes of recordings, all at once, each on a table of its own, and notes what the cloud does.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="say">Tells how far it is.</param>
internal sealed class Replay(IReplayCloud cloud, Action<string> say)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LimitOfCreation = TimeSpan.FromMinutes(10);

    /// <summary>How much longer than recorded the last call may take: pauses between retries are not documented, and logs come late.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long after the last expected call one too many may still turn up in the log.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(2);

    /// <exception cref="UserErrorException">The cloud refuses something, or takes too long.</exception>
    public async Task<IReadOnlyDictionary<Recording, Replayed>> RunAsync(IReadOnlyList<Recording> recordings, CancellationToken cancellationToken)
    {
        say("Creating tables, queues and functions …");
        await cloud.SetUpAsync(recordings, cancellationToken);
        await WriteWhatIsOldByThenAsync(recordings, cancellationToken);
        say("Creating the mappings …");
        await cloud.MapAsync(recordings, cancellationToken);
        var enabled = recordings.ToDictionary(recording => recording, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Task<Replayed>[] plays = [.. recordings.Select(recording => PlayAsync(recording, enabled[recording].Task, cancellationToken))];
        await WatchMappingsAsync(enabled, cancellationToken);
        say($"Writing, and waiting for the calls: {recordings.Max(recording => recording.Until)} seconds or more …");
        return recordings.Zip(await Task.WhenAll(plays)).ToDictionary();
    }

    private async Task WriteWhatIsOldByThenAsync(IReadOnlyList<Recording> recordings, CancellationToken cancellationToken)
    {
        double oldest = 0;
        foreach (Recording recording in recordings)
        {
            foreach (RecordedWrite write in recording.Writes.Where(write => write.Age is not null))
            {
                await PutAsync(recording, write, cancellationToken);
                oldest = Math.Max(oldest, write.Age!.Value);
            }
        }

        if (oldest > 0)
        {
            say($"Waiting {oldest} seconds for a record to grow old …");
            await Task.Delay(TimeSpan.FromSeconds(oldest), cloud.Clock, cancellationToken);
        }
    }

    private async Task WatchMappingsAsync(Dictionary<Recording, TaskCompletionSource> enabled, CancellationToken cancellationToken)
    {
        var written = new HashSet<Recording>();
        for (long began = cloud.Clock.GetTimestamp(); enabled.Values.Any(moment => !moment.Task.IsCompleted);)
        {
            if (cloud.Clock.GetElapsedTime(began) > LimitOfCreation)
            {
                throw new UserErrorException($"After {LimitOfCreation.TotalMinutes} minutes some mappings are not Enabled yet.");
            }

            IReadOnlyDictionary<string, string> states = await cloud.MappingStatesAsync(cancellationToken);
            foreach ((Recording recording, TaskCompletionSource moment) in enabled)
            {
                string state = states.GetValueOrDefault(cloud.NameOf(recording), "");
                foreach (RecordedWrite early in state == "Creating" && written.Add(recording) ? recording.Writes.Where(write => IsWhileCreating(recording, write)) : [])
                {
                    await PutAsync(recording, early, cancellationToken);
                }

                if (state == "Enabled")
                {
                    moment.TrySetResult();
                }
            }

            await Task.Delay(Poll, cloud.Clock, cancellationToken);
        }
    }

    private async Task<Replayed> PlayAsync(Recording recording, Task enabled, CancellationToken cancellationToken)
    {
        await enabled.WaitAsync(cancellationToken);
        DateTimeOffset start = StartOf(recording, cloud.Clock.GetUtcNow());
        foreach (RecordedWrite write in recording.Writes.Where(write => write.Age is null && !IsWhileCreating(recording, write)).OrderBy(write => write.At))
        {
            await UntilAsync(start.AddSeconds(write.At), cancellationToken);
            await PutAsync(recording, write, cancellationToken);
        }

        await UntilAsync(start.AddSeconds(recording.Until), cancellationToken);
        var calls = await WhenManyAsync(async () => ObservedCall.Of(await cloud.LogAsync(recording, cancellationToken)), recording.Calls.Count, cancellationToken);
        var givenUp = new Dictionary<string, JsonElement>();
        await WhenManyAsync(() => ReceiveAsync(recording, givenUp, cancellationToken), recording.Destination.Count, cancellationToken);
        return new Replayed(start, calls, [.. givenUp.Values]);
    }

    private static bool IsWhileCreating(Recording recording, RecordedWrite write) => write.At < (recording.EnabledAfter ?? 0);

    /// <summary>Windows are aligned to the clock, so a recording with windows begins where in a window it began then.</summary>
    private static DateTimeOffset StartOf(Recording recording, DateTimeOffset enabled)
    {
        DateTimeOffset start = enabled.AddSeconds(-(recording.EnabledAfter ?? 0));
        if (recording.Window == 0)
        {
            return start;
        }

        long window = TimeSpan.FromSeconds(recording.Window).Ticks;
        long wait = ((recording.StartsAt.UtcTicks - start.UtcTicks) % window + window) % window;
        return start.AddTicks(wait);
    }

    private async Task UntilAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        TimeSpan left = moment - cloud.Clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, cloud.Clock, cancellationToken);
        }
    }

    /// <summary>Looks until there are as many as expected or patience is at its end, and once more: there may be too many.</summary>
    private async Task<IReadOnlyList<T>> WhenManyAsync<T>(Func<Task<IReadOnlyList<T>>> look, int expected, CancellationToken cancellationToken)
    {
        for (long began = cloud.Clock.GetTimestamp(); (await look()).Count < expected && cloud.Clock.GetElapsedTime(began) < Patience;)
        {
            await Task.Delay(Poll, cloud.Clock, cancellationToken);
        }

        await Task.Delay(Settling, cloud.Clock, cancellationToken);
        return await look();
    }

    private Task<PutItemResponse> PutAsync(Recording recording, RecordedWrite write, CancellationToken cancellationToken) => cloud.DynamoDb.PutItemAsync(
        cloud.NameOf(recording),
        new Dictionary<string, AttributeValue> { [Recording.PartitionKey] = new(recording.Name), [Recording.SortKey] = new(write.Key) },
        cancellationToken);

    private async Task<IReadOnlyList<JsonElement>> ReceiveAsync(Recording recording, Dictionary<string, JsonElement> received, CancellationToken cancellationToken)
    {
        string queue = (await cloud.Sqs.GetQueueUrlAsync(cloud.NameOf(recording), cancellationToken)).QueueUrl;
        ReceiveMessageResponse answer = await cloud.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(queue) { MaxNumberOfMessages = 10, WaitTimeSeconds = 1 }, cancellationToken);
        foreach (Message message in answer.Messages ?? [])
        {
            using JsonDocument json = ForeignJson.Document(message.Body);
            received[message.MessageId] = json.RootElement.Clone();
        }

        return [.. received.Values];
    }
}
