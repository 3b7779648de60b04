using WhatsAppBuffer.WhatsAppEventHandler.Chats;

namespace WhatsAppBuffer.WhatsAppEventHandler.Settings;

/// <summary>What the function's environment variables say.</summary>
internal sealed record HandlerEnvironment
{
    /// <summary><c>TABLE_NAME</c>: the table of conversations.</summary>
    public required string TableName { get; init; }

    /// <summary><c>TOPIC_ARN</c>: where Connect publishes what agents write; none = no streaming, agents' replies go nowhere.</summary>
    public string? TopicArn { get; init; }

    /// <summary><c>CONFIG_PARAM_NAME</c>: the SSM parameter that holds <see cref="ChatSettings"/>.</summary>
    public string ConfigParameter { get; init; } = "/whatsapp_eum_connect_chat/config";

    /// <summary><c>META_API_VERSION</c>: version of Meta's API for read receipts and reactions.</summary>
    public string MetaApiVersion { get; init; } = "v23.0";

    /// <summary><c>DEAD_LETTER_QUEUE_URL</c>: where aggregates go that Connect refuses for good; none = they block their conversation.</summary>
    public string? DeadLetterQueueUrl { get; init; }

    /// <summary>
    /// <c>MAX_MESSAGE_CHARACTERS</c>: longer texts are split. 1,024 is safe everywhere (a Lex bot takes no more); Connect's newer documents
    /// allow 16,384 bytes between people.
    /// </summary>
    public int MaxMessageCharacters { get; init; } = 1024;

    /// <summary>
    /// <c>SEND_COURTESIES</c>: yes = read receipts and the reactions 👀 and ✅. Each may cost a WhatsApp message fee.
    /// </summary>
    public bool SendCourtesies { get; init; } = true;

    /// <summary>
    /// <c>LEASE_SECONDS</c>: how long an invocation that died keeps its conversation from the next one. Shorter, calls to Connect have less
    /// time (a third of it). The default is half of Lambda's first wait before a retry.
    /// </summary>
    public TimeSpan LeaseLength { get; init; } = Lease.Length;

    /// <param name="variable">Gives the value of a variable, or null.</param>
    /// <exception cref="ConfigurationException">A variable is missing or has no usable value.</exception>
    public static HandlerEnvironment Read(Func<string, string?> variable)
    {
        var defaults = new HandlerEnvironment { TableName = "" };
        return new HandlerEnvironment
        {
            TableName = Text("TABLE_NAME") ?? throw new ConfigurationException("Environment variable TABLE_NAME is missing: name the table of conversations."),
            TopicArn = Text("TOPIC_ARN"),
            ConfigParameter = Text("CONFIG_PARAM_NAME") ?? defaults.ConfigParameter,
            MetaApiVersion = Text("META_API_VERSION") ?? defaults.MetaApiVersion,
            DeadLetterQueueUrl = Text("DEAD_LETTER_QUEUE_URL"),
            MaxMessageCharacters = Whole("MAX_MESSAGE_CHARACTERS", 16, 16_384) ?? defaults.MaxMessageCharacters,
            LeaseLength = Whole("LEASE_SECONDS", 3, 60) is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.LeaseLength,
            SendCourtesies = Text("SEND_COURTESIES")?.ToLowerInvariant() switch
            {
                null => defaults.SendCourtesies,
                "yes" or "true" => true,
                "no" or "false" => false,
                var other => throw new ConfigurationException($"Environment variable SEND_COURTESIES is '{other}': use yes or no."),
            },
        };

        string? Text(string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

        int? Whole(string name, int least, int most) => Text(name) switch
        {
            null => null,
            var text when int.TryParse(text, out int value) && value >= least && value <= most => value,
            var text => throw new ConfigurationException($"Environment variable {name} is '{text}': use a whole number from {least} to {most}."),
        };
    }
}
