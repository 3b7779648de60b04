using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.ConnectEventHandler;

/// <summary>Settings of the function.</summary>
/// <param name="TableName"><c>TABLE_NAME</c>: name or ARN of the table of conversations.</param>
/// <param name="MetaApiVersion"><c>META_API_VERSION</c>: version of Meta's API that messages are sent with.</param>
/// <param name="DeadLetterQueueUrl"><c>DEAD_LETTER_QUEUE_URL</c>: where answers go that WhatsApp will never take; null = they hold up their conversation's.</param>
/// <param name="LeaseLength"><c>LEASE_SECONDS</c>: how long an invocation that died keeps a conversation's answers from the next one; 30 when missing.</param>
internal sealed record ConnectEventHandlerOptions(string TableName, string MetaApiVersion, string? DeadLetterQueueUrl, TimeSpan LeaseLength)
{
    /// <param name="variable">Gives the value of a variable, or null.</param>
    /// <exception cref="ConfigurationException">A setting is missing or wrong; the message says which and what to do.</exception>
    public static ConnectEventHandlerOptions Read(Func<string, string?> variable)
    {
        var environment = SettingsReader.OfEnvironment(variable);
        return new ConnectEventHandlerOptions(
            environment.Required("TABLE_NAME", "give the function the name of the table of conversations"),
            environment.Text("META_API_VERSION") ?? "v23.0",
            environment.Text("DEAD_LETTER_QUEUE_URL"),
            TimeSpan.FromSeconds(environment.Whole("LEASE_SECONDS", 3, 60) ?? 30));
    }
}
