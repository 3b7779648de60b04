using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using WhatsAppBuffer.OnRawMessages.Webhook;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>Spans and metrics of this function.</summary>
internal static class Telemetry
{
    private const string Name = Conventions.SourcePrefix + "OnRawMessages";
    private const string MessageType = "whatsapp.message.type";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Received = Meter.CreateCounter<long>("whatsapp.messages.received", "{message}", "WhatsApp messages that came in, repeated deliveries included.");
    private static readonly Counter<long> Stored = Meter.CreateCounter<long>("whatsapp.messages.stored", "{message}", "WhatsApp messages stored for the first time.");
    private static readonly Counter<long> Duplicates = Meter.CreateCounter<long>("whatsapp.messages.duplicates", "{message}", "WhatsApp messages that were stored already.");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("whatsapp.messages.failed", "{message}", "WhatsApp messages that could not be stored in this attempt.");

    private static readonly Counter<long> Undelivered = Meter.CreateCounter<long>("whatsapp.replies.undelivered", "{message}", "Messages to customers that WhatsApp says it will not deliver.");

    /// <summary>Counts a message that WhatsApp will not deliver.</summary>
    /// <param name="errorCode">Meta's.</param>
    public static void CountUndelivered(int? errorCode) => Undelivered.Add(1, new KeyValuePair<string, object?>(Conventions.ErrorType, errorCode?.ToString(CultureInfo.InvariantCulture) ?? "unknown"));

    /// <summary>Begins to store a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="topicArn">The topic it came by.</param>
    public static Activity Store(RawMessage message, string? topicArn)
    {
        Received.Add(1, new KeyValuePair<string, object?>(MessageType, message.Type ?? "unknown"));
        string topic = topicArn?[(topicArn.LastIndexOf(':') + 1)..] ?? "";
        return Source
            .Process(Conventions.AwsSns, topic, message.Conversation.ToString(), TraceParents.Parse([message.TraceParent]))
            .SetTag(Conventions.MessageId, message.Id);
    }

    /// <summary>Counts what became of an event's messages.</summary>
    public static void Count(int stored, int duplicates, int failed)
    {
        Stored.Add(stored);
        Duplicates.Add(duplicates);
        Failed.Add(failed);
    }
}
