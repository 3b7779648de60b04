using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>Settings of the function.</summary>
/// <param name="RawMessagesTable"><c>RAW_MESSAGES_TABLE</c>: name or ARN of the table that buffers messages.</param>
/// <param name="Retention"><c>RETENTION_DAYS</c>: how long messages are kept, whole days from 1 to 365.</param>
/// <param name="DeadLetterQueueUrl"><c>DEAD_LETTER_QUEUE_URL</c>: where notifications go with messages that can never be stored; null = they come again.</param>
internal sealed record OnRawMessagesOptions(string RawMessagesTable, TimeSpan Retention, string? DeadLetterQueueUrl)
{
    /// <param name="variable">Gives the value of a variable, or null.</param>
    /// <exception cref="ConfigurationException">A setting is missing or wrong; the message says which and what to do.</exception>
    public static OnRawMessagesOptions Read(Func<string, string?> variable)
    {
        var environment = SettingsReader.OfEnvironment(variable);
        return new OnRawMessagesOptions(
            environment.Required("RAW_MESSAGES_TABLE", "give the function the name of the table that buffers messages"),
            TimeSpan.FromDays(environment.RequiredWhole("RETENTION_DAYS", 1, 365, "whole days")),
            environment.Text("DEAD_LETTER_QUEUE_URL"));
    }
}
