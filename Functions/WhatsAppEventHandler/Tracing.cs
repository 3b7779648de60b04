using System.Diagnostics;
using WhatsAppBuffer.ServiceDefaults.Telemetry;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>
/// A span for each aggregate's delivery: an invocation may deliver others' aggregates, so each links to the messages that it is made of.
/// </summary>
internal static class Tracing
{
    private static readonly ActivitySource Source = new(Conventions.SourcePrefix + "WhatsAppEventHandler");

    public static Activity? Delivery(OutboxItem item, Aggregate aggregate) => Source
        .StartActivity(ActivityKind.Consumer, links: TraceParents.LinksTo(TraceParents.Parse(aggregate.TraceParents)), name: "deliver aggregate")
        ?.SetTag(Conventions.MessagingOperationName, "deliver")
        .SetTag(Conventions.MessagingOperationType, "process")
        .SetTag(Conventions.ConversationId, Pseudonym.Of(item.Conversation))
        .SetTag(Conventions.MessageId, item.AggregationId)
        .SetTag(Conventions.BatchMessageCount, aggregate.Messages.Count);
}
