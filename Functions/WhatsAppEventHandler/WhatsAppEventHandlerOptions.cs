using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>What the function's environment variables say.</summary>
internal sealed record WhatsAppEventHandlerOptions
{
    /// <summary><c>TABLE_NAME</c>: the table of conversations.</summary>
    public required string TableName { get; init; }

    /// <summary><c>TOPIC_ARN</c>: where Connect publishes what agents write; none = no streaming, agents' replies go nowhere.</summary>
    public string? TopicArn { get; init; }

    /// <summary><c>CONFIG_PARAM_NAME</c>: the SSM parameter that holds <see cref="ChatSettings"/>.</summary>
    public string ConfigParameter { get; init; } = SettingsSource.DefaultParameter;

    /// <summary><c>META_API_VERSION</c>: version of Meta's API for read receipts and reactions.</summary>
    public string MetaApiVersion { get; init; } = "v23.0";

    /// <summary><c>DEAD_LETTER_QUEUE_URL</c>: where aggregates go that Connect refuses for good; none = they block their conversation.</summary>
    public string? DeadLetterQueueUrl { get; init; }

    /// <summary><c>WAKE_UP_QUEUE_URL</c>: the queue that this function's work comes by; none = what is to be looked at again fails.</summary>
    public string? WakeUpQueueUrl { get; init; }

    /// <summary><c>FILES_QUEUE_URL</c>: a queue of this function's own for what waits for files; none = it waits where it comes.</summary>
    public string? FilesQueueUrl { get; init; }

    /// <summary><c>MEDIA_BUCKET</c>: where customers' files are fetched to; none = they are written in words.</summary>
    public string? MediaBucket { get; init; }

    /// <summary>
    /// <c>MAX_MESSAGE_CHARACTERS</c>: longer texts are split. 1,024 is safe everywhere (a Lex bot takes no more); Connect's newer documents
    /// allow 16,384 bytes between people.
    /// </summary>
    public int MaxMessageCharacters { get; init; } = 1024;

    /// <summary>
    /// <c>SEND_COURTESIES</c>: what customers get where the parameter's <c>courtesies</c> does not say: read receipts alone, unless it is set.
    /// </summary>
    public CourtesyChoice Courtesies { get; init; } = CourtesyChoice.Read;

    /// <summary>
    /// <c>LEASE_SECONDS</c>: how long an invocation that died keeps its conversation from the next one. Shorter, calls to Connect have less
    /// time (a third of it). The default is half of Lambda's first wait before a retry.
    /// </summary>
    public TimeSpan LeaseLength { get; init; } = Lease.Length;

    /// <param name="variable">Gives the value of a variable, or null.</param>
    /// <exception cref="ConfigurationException">A variable is missing or has no usable value.</exception>
    public static WhatsAppEventHandlerOptions Read(Func<string, string?> variable)
    {
        var environment = SettingsReader.OfEnvironment(variable);
        var defaults = new WhatsAppEventHandlerOptions { TableName = environment.Required("TABLE_NAME", "give the function the name of the table of conversations") };
        return defaults with
        {
            TopicArn = environment.Text("TOPIC_ARN"),
            ConfigParameter = environment.Text("CONFIG_PARAM_NAME") ?? defaults.ConfigParameter,
            MetaApiVersion = environment.Text("META_API_VERSION") ?? defaults.MetaApiVersion,
            DeadLetterQueueUrl = environment.Text("DEAD_LETTER_QUEUE_URL"),
            WakeUpQueueUrl = environment.Text("WAKE_UP_QUEUE_URL"),
            FilesQueueUrl = environment.Text("FILES_QUEUE_URL"),
            MediaBucket = environment.Text("MEDIA_BUCKET"),
            MaxMessageCharacters = environment.Whole("MAX_MESSAGE_CHARACTERS", 16, 16_384) ?? defaults.MaxMessageCharacters,
            LeaseLength = environment.Whole("LEASE_SECONDS", 3, 60) is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.LeaseLength,
            Courtesies = environment.OneOf("SEND_COURTESIES", CourtesyChoice.Words) ?? defaults.Courtesies,
        };
    }
}
