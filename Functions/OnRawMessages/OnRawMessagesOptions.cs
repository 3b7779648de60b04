using System.Globalization;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>Settings of the function.</summary>
/// <param name="RawMessagesTable"><c>RAW_MESSAGES_TABLE</c>: name or ARN of the table that buffers messages.</param>
/// <param name="Retention"><c>RETENTION_DAYS</c>: how long messages are kept, whole days from 1 to 365.</param>
internal sealed record OnRawMessagesOptions(string RawMessagesTable, TimeSpan Retention)
{
    /// <exception cref="InvalidOperationException">A setting is missing or wrong; the message says which and what to do.</exception>
    public static OnRawMessagesOptions Read(Func<string, string?> variable)
    {
        string? table = variable("RAW_MESSAGES_TABLE");
        if (string.IsNullOrWhiteSpace(table))
        {
            throw new InvalidOperationException("RAW_MESSAGES_TABLE is not set: give the function the name of the table that buffers messages.");
        }

        string? days = variable("RETENTION_DAYS");
        if (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out int retention) || retention is < 1 or > 365)
        {
            throw new InvalidOperationException($"RETENTION_DAYS is {(string.IsNullOrWhiteSpace(days) ? "not set" : $"'{days}'")}: set it to whole days from 1 to 365.");
        }

        return new OnRawMessagesOptions(table, TimeSpan.FromDays(retention));
    }
}
