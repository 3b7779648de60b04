using WhatsAppBuffer.Contracts.Settings;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>Settings of the function. The event handler is woken by its queue or invoked: there is either the one or the other.</summary>
/// <param name="TableName"><c>TABLE_NAME</c>: name or ARN of the conversations' table.</param>
/// <param name="WakeUpQueueUrl"><c>WAKE_UP_QUEUE_URL</c>: the queue of the function that takes aggregated events.</param>
/// <param name="EventHandler"><c>WHATSAPP_EVENT_HANDLER</c>: name or ARN of that function, to be invoked with whole events.</param>
/// <param name="DeadLetterQueueUrl"><c>DEAD_LETTER_QUEUE_URL</c>: where messages go that can never be handed over; null = they hold up their shard.</param>
/// <param name="IsQuiet"><c>RELEASE_POLICY</c>: <c>quiet</c> when the event handler lets messages go, and joins them then; <c>window</c>, or nothing, when this function joins what a window holds.</param>
/// <param name="ConfigParameter"><c>CONFIG_PARAM_NAME</c>: the SSM parameter that holds <see cref="Contracts.Joining.JoiningSettings"/> among others.</param>
internal sealed record MessageAggregatorOptions(string TableName, string? WakeUpQueueUrl, string? EventHandler, string? DeadLetterQueueUrl, string ConfigParameter, bool IsQuiet)
{
    private const string Quiet = "quiet";
    private static readonly Dictionary<string, string> Policies = new() { ["window"] = "window", [Quiet] = Quiet };

    private const string Queue = "WAKE_UP_QUEUE_URL";
    private const string Function = "WHATSAPP_EVENT_HANDLER";

    /// <param name="variable">Gives the value of a variable, or null.</param>
    /// <exception cref="ConfigurationException">A setting is missing or one too many; the message says which and what to do.</exception>
    public static MessageAggregatorOptions Read(Func<string, string?> variable)
    {
        var environment = SettingsReader.OfEnvironment(variable);
        var options = new MessageAggregatorOptions(
            environment.Required("TABLE_NAME", "give the function the name of the table of conversations"),
            environment.Text(Queue),
            environment.Text(Function),
            environment.Text("DEAD_LETTER_QUEUE_URL"),
            environment.Text("CONFIG_PARAM_NAME") ?? SettingsSource.DefaultParameter,
            environment.OneOf("RELEASE_POLICY", Policies) == Quiet);
        return (options.WakeUpQueueUrl, options.EventHandler) switch
        {
            (null, null) => throw new ConfigurationException(
                $"{Queue} is not set: give the function the URL of the event handler's queue (or, to invoke the event handler as the guide does, its name as {Function})."),
            (null, _) when options.IsQuiet => throw new ConfigurationException($"RELEASE_POLICY is quiet, which needs {Queue}: what may not go yet waits in the queue. Set it, or RELEASE_POLICY to window."),
            (not null, not null) => throw new ConfigurationException($"{Queue} and {Function} are both set: the event handler would be told twice. Take one away."),
            _ => options,
        };
    }
}
