using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>Settings of the function.</summary>
/// <param name="RawMessagesTable"><c>RAW_MESSAGES_TABLE</c>: name or ARN of the table that buffers messages.</param>
/// <param name="ConversationsTable"><c>TABLE_NAME</c>: name or ARN of the table of conversations.</param>
/// <param name="Retention"><c>RETENTION_DAYS</c>: how long messages are kept, whole days from 1 to 365.</param>
/// <param name="DeadLetterQueueUrl"><c>DEAD_LETTER_QUEUE_URL</c>: where notifications go with messages that can never be stored; null = they come again.</param>
/// <param name="AnswerStatusQueueUrl"><c>ANSWER_STATUS_QUEUE_URL</c>: where <c>connect_event_handler</c> is told what became of answers; null = only the log is.</param>
internal sealed record OnRawMessagesOptions(string RawMessagesTable, string ConversationsTable, TimeSpan Retention, string? DeadLetterQueueUrl, string? AnswerStatusQueueUrl)
{
    /// <param name="variable">Gives the value of a variable, or null.</param>
    /// <exception cref="ConfigurationException">A setting is missing or wrong; the message says which and what to do.</exception>
    public static OnRawMessagesOptions Read(Func<string, string?> variable)
    {
        var environment = SettingsReader.OfEnvironment(variable);
        return new OnRawMessagesOptions(
            environment.Required("RAW_MESSAGES_TABLE", "give the function the name of the table that buffers messages"),
            environment.Required("TABLE_NAME", "give the function the name of the table of conversations"),
            TimeSpan.FromDays(environment.RequiredWhole("RETENTION_DAYS", 1, 365, "whole days")),
            environment.Text("DEAD_LETTER_QUEUE_URL"),
            environment.Text("ANSWER_STATUS_QUEUE_URL"));
    }
}
