namespace WhatsAppBuffer.Topology;

/// <summary>Log events of the functions that alarms count. A number is the event's <c>eventId</c> in the function's JSON log.</summary>
public static class LogEvents
{
    /// <summary>message_aggregator: what a sweep found; its member <c>OldestSeconds</c> is the age of what waits longest.</summary>
    public const int Swept = 205;

    /// <summary>whatsapp_event_handler: an aggregate that Connect will never take.</summary>
    public const int DeadLettered = 303;

    /// <summary>whatsapp_event_handler: a call to Connect that failed and may succeed later.</summary>
    public const int CallFailed = 308;
}
