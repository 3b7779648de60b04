namespace WhatsAppBuffer.Topology;

/// <summary>The metrics that functions write into their logs.</summary>
public static class Metrics
{
    /// <summary>The namespace of all metrics of this system.</summary>
    public const string Namespace = "WhatsAppBuffer";

    /// <summary>whatsapp_event_handler: seconds from End User Messaging to the agent. Its one dimension is <c>FunctionName</c>.</summary>
    public const string ReceiptToAgent = "ReceiptToAgent";
}
