using System.Diagnostics;

namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>W3C <c>traceparent</c> values as they travel in messages, items and events.</summary>
public static class TraceParents
{
    /// <summary>Name of the SNS message attribute, the item attribute and the event field.</summary>
    public const string Name = "traceparent";

    /// <summary>The readable ones among the values; what a stranger wrote may be anything, and a trace is never worth a failure.</summary>
    /// <param name="values">Values of <c>traceparent</c>; null and malformed ones are left out, repeated ones are taken once.</param>
    public static IReadOnlyList<ActivityContext> Parse(IEnumerable<string?> values)
    {
        var contexts = new List<ActivityContext>();
        foreach (string? value in values)
        {
            if (ActivityContext.TryParse(value, traceState: null, isRemote: true, out ActivityContext context) && !contexts.Contains(context))
            {
                contexts.Add(context);
            }
        }

        return contexts;
    }

    /// <summary>A link to each message.</summary>
    /// <param name="contexts">Contexts of the messages.</param>
    public static IEnumerable<ActivityLink> LinksTo(IEnumerable<ActivityContext> contexts) =>
        contexts.Select(context => new ActivityLink(context));
}
