namespace WhatsAppBuffer.MessageAggregator;

/// <summary>Settings of the function.</summary>
/// <param name="TableName"><c>TABLE_NAME</c>: name or ARN of the conversations' table.</param>
/// <param name="EventHandler"><c>WHATSAPP_EVENT_HANDLER</c>: name or ARN of the function that takes aggregated events.</param>
internal sealed record MessageAggregatorOptions(string TableName, string EventHandler)
{
    /// <exception cref="InvalidOperationException">A setting is missing; the message says which and what to do.</exception>
    public static MessageAggregatorOptions Read(Func<string, string?> variable) => new(
        Required(variable, "TABLE_NAME", "the name of the table of conversations"),
        Required(variable, "WHATSAPP_EVENT_HANDLER", "the name or ARN of the function that takes aggregated events"));

    private static string Required(Func<string, string?> variable, string name, string meaning) =>
        variable(name) is { } value && !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new InvalidOperationException($"{name} is not set: give the function {meaning}.");
}
