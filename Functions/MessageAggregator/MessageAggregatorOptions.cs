using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>Settings of the function.</summary>
/// <param name="TableName"><c>TABLE_NAME</c>: name or ARN of the conversations' table.</param>
/// <param name="EventHandler"><c>WHATSAPP_EVENT_HANDLER</c>: name or ARN of the function that takes aggregated events.</param>
/// <param name="DeadLetterQueueUrl"><c>DEAD_LETTER_QUEUE_URL</c>: where messages go that can never be handed over; null = they hold up their shard.</param>
internal sealed record MessageAggregatorOptions(string TableName, string EventHandler, string? DeadLetterQueueUrl)
{
    /// <param name="variable">Gives the value of a variable, or null.</param>
    /// <exception cref="ConfigurationException">A setting is missing; the message says which and what to do.</exception>
    public static MessageAggregatorOptions Read(Func<string, string?> variable)
    {
        var environment = SettingsReader.OfEnvironment(variable);
        return new MessageAggregatorOptions(
            environment.Required("TABLE_NAME", "give the function the name of the table of conversations"),
            environment.Required("WHATSAPP_EVENT_HANDLER", "give the function the name or ARN of the function that takes aggregated events"),
            environment.Text("DEAD_LETTER_QUEUE_URL"));
    }
}
