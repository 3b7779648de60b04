using System.Diagnostics;
using System.Diagnostics.Metrics;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>Spans and metrics of this function.</summary>
internal static class Telemetry
{
    private const string Name = Conventions.SourcePrefix + "MessageAggregator";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("whatsapp.batch.size", "{record}", "Stream records in one invocation.");
    private static readonly Histogram<int> WindowSize = Meter.CreateHistogram<int>("whatsapp.window.size", "{message}", "Raw messages of one conversation that were buffered together.");
    private static readonly Histogram<double> BurstRatio = Meter.CreateHistogram<double>("whatsapp.burst.ratio", "1", "Raw messages for each aggregated event.");
    private static readonly Histogram<double> BufferingDelay = Meter.CreateHistogram<double>("whatsapp.buffering.delay", "s", "From the arrival of a raw message until its aggregate was forwarded.");
    private static readonly Histogram<double> IteratorAge = Meter.CreateHistogram<double>("whatsapp.iterator.age", "s", "Age of a conversation's newest record when the function got it.");
    private static readonly Counter<long> Duplicates = Meter.CreateCounter<long>("whatsapp.messages.duplicates", "{message}", "Records that repeat a message or were handed over before.");
    private static readonly Counter<long> Forwarded = Meter.CreateCounter<long>("whatsapp.aggregates.forwarded", "{event}", "Aggregated events that the event handler was invoked with.");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("whatsapp.aggregates.failed", "{batch}", "Hand-overs that failed; the mapping delivers them again.");
    private static readonly Counter<long> WokenAgain = Meter.CreateCounter<long>("whatsapp.aggregates.woken_again", "{event}", "Wake-ups of a sweep, for what waited longer than it should.");
    private static readonly Histogram<double> OldestWaiting = Meter.CreateHistogram<double>("whatsapp.outbox.oldest", "s", "Age of the oldest aggregate that a sweep found waiting.");
    private static readonly Counter<long> PutAside = Meter.CreateCounter<long>("whatsapp.messages.dead_lettered", "{message}", "Messages put aside because they can never be handed over.");

    /// <summary>
    /// The trace context of each conversation's first message. Null for the call that closes a window without records: it is no message's work.
    /// </summary>
    public static IEnumerable<string?>? TraceParentsOf(AggregatedBatch batch) =>
        batch.Records == 0 ? null : batch.Conversations.Select(conversation => conversation.HandOvers[0].TraceParent);

    /// <summary>Counts an event.</summary>
    public static void Count(AggregatedBatch batch, int failures)
    {
        BatchSize.Record(batch.Records);
        Duplicates.Add(batch.Duplicates + batch.AlreadyHandedOver);
        Failed.Add(failures);
    }

    /// <summary>Counts a sweep.</summary>
    public static void CountSwept(int woken, TimeSpan oldest)
    {
        WokenAgain.Add(woken);
        OldestWaiting.Record(oldest.TotalSeconds);
    }

    /// <summary>Counts messages that went to the dead letters.</summary>
    public static void CountPutAside(int messages, string errorCode) => PutAside.Add(messages, new KeyValuePair<string, object?>(Conventions.ErrorType, errorCode));

    /// <summary>
    /// Begins to hand messages over: the span links to each of them. Beside it, in the same trace, stands the window they waited in: from
    /// the first one's arrival until now.
    /// </summary>
    public static Activity HandOver(string conversation, HandOver handOver, IReadOnlyList<MessageOrigin> origins, string streamArn, DateTimeOffset now)
    {
        string table = TableOf(streamArn);
        IReadOnlyList<ActivityContext> messages = TraceParents.Parse(origins.Select(origin => origin.TraceParent));
        Measure(origins, now);
        if (origins.Min(origin => origin.ReceivedAt) is { } first && Source.HasListeners())
        {
            // End User Messaging stamped the arrival by its own clock.
            DateTimeOffset begin = first < now ? first : now;
            using Activity? window = Source.StartActivity(
                $"window {table}", ActivityKind.Internal, messages is [var burst, ..] ? burst : default, links: TraceParents.LinksTo(messages), startTime: begin);
            window?.SetTag(Conventions.BatchMessageCount, origins.Count).SetTag(Conventions.ConversationId, Pseudonym.Of(conversation)).SetEndTime(now.UtcDateTime);
        }

        return Source
            .Process(Conventions.AwsDynamoDbStreams, table, conversation, messages)
            .SetTag(Conventions.BatchMessageCount, origins.Count)
            .SetTag("whatsapp.aggregation.id", handOver.Events[0].AggregationId);
    }

    /// <summary>Counts a hand-over that succeeded.</summary>
    public static void CountForwarded(IReadOnlyList<MessageOrigin> origins, int events, DateTimeOffset now)
    {
        Forwarded.Add(events);
        if (events > 0)
        {
            BurstRatio.Record((double)origins.Count / events);
        }

        foreach (MessageOrigin origin in origins)
        {
            if (origin.ReceivedAt is { } receivedAt)
            {
                BufferingDelay.Record(SecondsBetween(receivedAt, now));
            }
        }
    }

    private static void Measure(IReadOnlyList<MessageOrigin> origins, DateTimeOffset now)
    {
        WindowSize.Record(origins.Count);
        if (origins.Max(origin => origin.ReceivedAt) is { } newest)
        {
            IteratorAge.Record(SecondsBetween(newest, now));
        }
    }

    /// <summary>Clocks of two machines differ a little; nothing arrives before it was sent.</summary>
    private static double SecondsBetween(DateTimeOffset earlier, DateTimeOffset later) => Math.Max(0, (later - earlier).TotalSeconds);

    /// <summary><c>arn:aws:dynamodb:…:table/NAME/stream/…</c> → <c>NAME</c>.</summary>
    private static string TableOf(string streamArn) => streamArn.Split('/') is [_, var table, ..] ? table : "";
}
