namespace WhatsAppBuffer.Topology;

/// <summary>The SNS topics of the system.</summary>
public static class Topics
{
    /// <summary>Event destination of AWS End User Messaging Social: inbound WhatsApp messages and statuses.</summary>
    public const string WhatsAppIn = "whatsapp_in";

    /// <summary>Streaming endpoint of Amazon Connect: what agents write.</summary>
    public const string WhatsAppOut = "whatsapp_out";
}

/// <summary>The S3 bucket of the system.</summary>
public static class Buckets
{
    /// <summary>Where Lambda puts the batches that a mapping gave up: its own choice.</summary>
    public const string GivenUp = "aws/lambda/";

    /// <summary>The bucket for customers' media and for what the stream's mapping gives up. Names of buckets are the world's, so it has account and region in it.</summary>
    /// <param name="account">The account's id.</param>
    /// <param name="region">The region.</param>
    /// <param name="prefix">The deployment's prefix, or null.</param>
    public static string WhatsAppBuffer(string account, string region, string? prefix) =>
        $"{(string.IsNullOrEmpty(prefix) ? "" : $"{prefix.ToLowerInvariant()}-")}whatsapp-buffer-{account}-{region}";
}

/// <summary>The SSM parameters of the system.</summary>
public static class Parameters
{
    /// <summary>The guide's JSON: instance, contact flow, chat duration, what to ignore.</summary>
    public const string Config = "/whatsapp_eum_connect_chat/config";

    /// <summary>ARN of <see cref="Topics.WhatsAppIn"/>, to be copied into the event destination.</summary>
    public const string TopicIn = "/whatsapp_eum_connect_chat/topic/in";
}

/// <summary>Environment variables of the functions.</summary>
public static class Variables
{
    /// <summary>Name of <see cref="Tables.RawMessages"/> (on_raw_messages).</summary>
    public const string RawMessagesTable = "RAW_MESSAGES_TABLE";

    /// <summary>Days until a raw message expires (on_raw_messages).</summary>
    public const string RetentionDays = "RETENTION_DAYS";

    /// <summary>URL of the event handler's queue (message_aggregator), with <see cref="Wiring.Queues"/>.</summary>
    public const string WakeUpQueueUrl = "WAKE_UP_QUEUE_URL";

    /// <summary>Name of the event handler (message_aggregator), with <see cref="Wiring.Guide"/>.</summary>
    public const string WhatsAppEventHandler = "WHATSAPP_EVENT_HANDLER";

    /// <summary>Name of <see cref="Tables.ActiveConnections"/> (message_aggregator, whatsapp_event_handler).</summary>
    public const string TableName = "TABLE_NAME";

    /// <summary>ARN of <see cref="Topics.WhatsAppOut"/> (whatsapp_event_handler).</summary>
    public const string TopicArn = "TOPIC_ARN";

    /// <summary>Name of <see cref="Parameters.Config"/> (whatsapp_event_handler).</summary>
    public const string ConfigParamName = "CONFIG_PARAM_NAME";

    /// <summary>Version of Meta's API, such as <c>v23.0</c> (whatsapp_event_handler).</summary>
    public const string MetaApiVersion = "META_API_VERSION";

    /// <summary>URL of the function's dead-letter queue, for what it can never get rid of otherwise (message_aggregator, whatsapp_event_handler).</summary>
    public const string DeadLetterQueueUrl = "DEAD_LETTER_QUEUE_URL";

    /// <summary>Longer texts are split into chat messages of so many characters (whatsapp_event_handler).</summary>
    public const string MaxMessageCharacters = "MAX_MESSAGE_CHARACTERS";

    /// <summary><c>yes</c> or <c>no</c>: read receipts and reactions for customers (whatsapp_event_handler).</summary>
    public const string SendCourtesies = "SEND_COURTESIES";

    /// <summary>Seconds that an invocation which died keeps its conversation from the next one (whatsapp_event_handler); 30 when missing.</summary>
    public const string LeaseSeconds = "LEASE_SECONDS";

    /// <summary>Where telemetry goes, an OTLP endpoint such as <c>https://otlp.example.com:4318</c> (all functions); none = no telemetry is sent.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
}

/// <summary>Meta's API.</summary>
public static class MetaApi
{
    /// <summary>The version that read receipts and reactions are sent with, unless set otherwise.</summary>
    public const string DefaultVersion = "v23.0";
}
