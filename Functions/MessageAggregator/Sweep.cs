using System.Globalization;
using System.Numerics;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.ServiceDefaults.Logging;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>
/// Looks through the outboxes for what waits longer than it should and wakes the event handler once more: whatever became of the first
/// wake-up, it makes a message late and not lost. A wake-up too many does no harm. See docs/adr/0007-queues-and-a-sweep.md.
/// </summary>
/// <param name="table">The conversations' table, with its index of what waits.</param>
/// <param name="queue">The event handler's.</param>
/// <param name="clock">Bounds a sweep; ages are measured by AWS's clocks alone, the schedule's and the stream's.</param>
/// <param name="log">Ids only.</param>
internal sealed class Sweep(ConversationTable table, WakeUpQueue queue, TimeProvider clock, ILogger log)
{
    /// <summary>How often the schedule fires.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Longer than the longest buffer (five minutes), so that what has just been handed over is not meant.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const int ParallelWakeUps = 32;
    private static readonly TimeSpan TimeToReport = TimeSpan.FromSeconds(1);

    /// <summary>Puts the sweep together.</summary>
    /// <exception cref="ConfigurationException">The function has no queue to wake the event handler by.</exception>
    public static Sweep Create(MessageAggregatorOptions options, TimeProvider clock, ILogger log) => new(
        new ConversationTable(new AmazonDynamoDBClient(Outbox.ClientConfig), options.TableName, clock),
        new WakeUpQueue(
            new AmazonSQSClient(WakeUpQueue.ClientConfig),
            options.WakeUpQueueUrl ?? throw new ConfigurationException("WAKE_UP_QUEUE_URL is not set, and a sweep wakes the event handler by its queue: set it, or take the schedule away.")),
        clock,
        log);

    /// <summary>Sweeps once. What it does not reach in its time the next one does.</summary>
    /// <param name="now">When the schedule fired.</param>
    /// <param name="remaining">How long Lambda lets the invocation run.</param>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">Not everything was read, or not everything was woken.</exception>
    public async Task RunAsync(DateTimeOffset now, TimeSpan remaining)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(1, (remaining - TimeToReport).Ticks)), clock);
        var found = new Found();
        Dictionary<string, AttributeValue>? next = null;
        do
        {
            ScanResponse page = await table.Client.ScanAsync(
                new ScanRequest { TableName = table.Name, IndexName = ConversationItems.WaitingIndex, ExclusiveStartKey = next }, deadline.Token);
            await Parallel.ForEachAsync(
                Overdue(page.Items ?? [], now, found),
                new ParallelOptions { MaxDegreeOfParallelism = ParallelWakeUps, TaskScheduler = TaskScheduler.Current, CancellationToken = deadline.Token },
                async (wakeUp, cancellationToken) => await WakeAsync(wakeUp, cancellationToken));
            next = page.LastEvaluatedKey is { Count: > 0 } more ? more : null;
        }
        while (next is not null);

        Telemetry.CountSwept(found.Overdue, found.Oldest);
        log.Swept(found.Waiting, (long)found.Oldest.TotalSeconds, found.Overdue);
    }

    /// <summary>
    /// Whether an aggregate of this age is woken by the sweep that finds it: when it has waited too long, and then each time that its age has
    /// doubled. While the event handler can deliver nothing, its queue must not be filled again and again with what is in it.
    /// </summary>
    public static bool IsDue(TimeSpan age) => Doublings(age) > Doublings(age - Interval);

    private static int Doublings(TimeSpan age) => age < Patience ? -1 : BitOperations.Log2((ulong)(age / Patience));

    /// <summary>One wake-up for each conversation: the event handler delivers all that waits before the aggregate it is woken for.</summary>
    private static List<WakeUp> Overdue(List<Dictionary<string, AttributeValue>> waiting, DateTimeOffset now, Found found)
    {
        Dictionary<string, WakeUp> overdue = [];
        foreach (Dictionary<string, AttributeValue> item in waiting)
        {
            TimeSpan? age = AgeOf(item, now);
            found.Waiting++;
            found.Oldest = age > found.Oldest ? age.Value : found.Oldest;
            (string conversation, string sortKey) = (item[ConversationItems.PartitionKey].S, item[ConversationItems.SortKey].S);
            // What carries no time was put by an older version or by no stream: nobody knows how long it waits.
            if ((age is null || IsDue(age.Value)) && (!overdue.TryGetValue(conversation, out WakeUp? other) || string.CompareOrdinal(sortKey, other.Item) > 0))
            {
                overdue[conversation] = new WakeUp(ConversationKey.Parse(conversation), sortKey, item[ConversationItems.AggregationId].S, TraceParent: null);
            }
        }

        found.Overdue += overdue.Count;
        return [.. overdue.Values];
    }

    private static TimeSpan? AgeOf(Dictionary<string, AttributeValue> item, DateTimeOffset now) =>
        item.TryGetValue(ConversationItems.WaitingSince, out AttributeValue? since)
        && DateTimeOffset.TryParse(since.S, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? now - time
            : null;

    private async Task WakeAsync(WakeUp wakeUp, CancellationToken cancellationToken)
    {
        using IDisposable? scope = LogScope.OfConversation(log, wakeUp.Conversation.ToString());
        await queue.SendAsync(wakeUp, cancellationToken);
        log.WokenAgain(wakeUp.AggregationId);
    }

    private sealed class Found
    {
        public int Waiting { get; set; }

        public int Overdue { get; set; }

        public TimeSpan Oldest { get; set; }
    }
}
