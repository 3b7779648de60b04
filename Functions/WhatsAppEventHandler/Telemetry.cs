using System.Diagnostics;
using System.Diagnostics.Metrics;
using WhatsAppBuffer.ServiceDefaults.Telemetry;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>Spans and metrics of this function.</summary>
internal static class Telemetry
{
    private const string Name = Conventions.SourcePrefix + "WhatsAppEventHandler";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Delivered = Meter.CreateCounter<long>("whatsapp.aggregates.delivered", "{event}", "Aggregated events that Connect has accepted in full.");
    private static readonly Counter<long> DeadLettered = Meter.CreateCounter<long>("whatsapp.aggregates.dead_lettered", "{event}", "Aggregated events put aside because they can never be delivered.");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("whatsapp.aggregates.failed", "{event}", "Deliveries that failed; the aggregated event stays in the outbox.");
    private static readonly Counter<long> LateMessages = Meter.CreateCounter<long>("whatsapp.messages.late", "{message}", "Messages that came to the agent later than they were written.");
    private static readonly Counter<long> PassedOver = Meter.CreateCounter<long>("whatsapp.aggregates.passed_over", "{event}", "Aggregated events that call nobody and found no running chat: they were not shown.");
    private static readonly Counter<long> Releases = Meter.CreateCounter<long>("whatsapp.releases", "{release}", "What was joined where it was let go, by reason.");
    private static readonly Histogram<double> CallDuration = Meter.CreateHistogram<double>("rpc.client.call.duration", "s", "Calls to Amazon Connect, by operation and result.");

    /// <summary>Begins to deliver an aggregate: the span links to each raw message in it.</summary>
    public static Activity Deliver(OutboxItem item, Aggregate aggregate) => Source
        .Process("aws.dynamodb", "outbox", item.Conversation, TraceParents.Parse(aggregate.TraceParents))
        .SetTag("whatsapp.aggregation.id", item.AggregationId)
        .SetTag("whatsapp.release.reason", item.Seal?.Reason.ToString())
        .SetTag(Conventions.BatchMessageCount, aggregate.Messages.Count);

    public static void CountReleased(string reason) => Releases.Add(1, new KeyValuePair<string, object?>("whatsapp.release.reason", reason));

    /// <param name="receivedAt">When the newest of its messages came, in seconds; null when that is not known.</param>
    public static void CountDelivered(long? receivedAt)
    {
        Delivered.Add(1);
        WaitMetric.Write(receivedAt);
    }

    public static void CountPassedOver() => PassedOver.Add(1);

    public static void CountLate(int messages) => LateMessages.Add(messages);

    public static void CountDeadLettered(string errorCode) => DeadLettered.Add(1, new KeyValuePair<string, object?>(Conventions.ErrorType, errorCode));

    public static void CountFailed(Exception failure) =>
        Failed.Add(1, new KeyValuePair<string, object?>(Conventions.ErrorType, ActivityExtensions.ErrorType(failure)));

    /// <summary>Counts and measures a call to Connect.</summary>
    /// <param name="operation">The API's name of it.</param>
    /// <param name="began">From <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="errorCode">Null when it succeeded.</param>
    public static void Called(string operation, long began, string? errorCode)
    {
        var tags = new TagList { { "rpc.system", "aws-api" }, { "rpc.service", "Connect" }, { "rpc.method", operation } };
        if (errorCode is not null)
        {
            tags.Add(Conventions.ErrorType, errorCode);
        }

        CallDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, tags);
    }
}
