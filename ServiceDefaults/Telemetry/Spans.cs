using System.Diagnostics;

namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>Spans that exist even where nobody listens: then they only carry the trace on, into log lines, items and calls.</summary>
public static class Spans
{
    /// <summary>
    /// Begins work on messages: a consumer span named <c>process {destination}</c> that links to each of them. It belongs to the trace of
    /// the first one, so that a burst stays one trace; the invocation it runs in is its parent when of the same trace, else one more link.
    /// </summary>
    /// <param name="source">Whose span.</param>
    /// <param name="system">A value of <see cref="Conventions.MessagingSystem"/>.</param>
    /// <param name="destination">Where the messages come from.</param>
    /// <param name="conversation">Key of their conversation; the span shows its pseudonym.</param>
    /// <param name="messages">Their contexts, as far as they have one.</param>
    public static Activity Process(this ActivitySource source, string system, string destination, string conversation, IReadOnlyList<ActivityContext> messages)
    {
        ActivityContext current = Activity.Current?.Context ?? default;
        bool isOfOneTrace = messages.Count == 0 || messages[0].TraceId == current.TraceId;
        IEnumerable<ActivityLink> links = TraceParents.LinksTo(isOfOneTrace || current == default ? messages : messages.Append(current));
        Activity span = Begin(source, $"process {destination}", ActivityKind.Consumer, isOfOneTrace ? current : messages[0], links);
        return span
            .SetTag(Conventions.MessagingSystem, system)
            .SetTag(Conventions.MessagingOperationName, "process")
            .SetTag(Conventions.MessagingOperationType, "process")
            .SetTag(Conventions.MessagingDestination, destination)
            .SetTag(Conventions.ConversationId, Pseudonym.Of(conversation));
    }

    internal static Activity Begin(ActivitySource source, string name, ActivityKind kind, ActivityContext parent, IEnumerable<ActivityLink> links) =>
        source.StartActivity(name, kind, parent, links: links) ?? BeginSilent(name, parent);

    private static Activity BeginSilent(string name, ActivityContext parent)
    {
        var span = new Activity(name) { IsAllDataRequested = false };
        if (parent != default)
        {
            span.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        }

        return span.Start();
    }
}
