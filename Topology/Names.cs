namespace WhatsAppBuffer.Topology;

/// <summary>The SNS topics of the system.</summary>
public static class Topics
{
    /// <summary>Event destination of AWS End User Messaging Social: inbound WhatsApp messages and statuses.</summary>
    public const string WhatsAppIn = "whatsapp_in";

    /// <summary>Streaming endpoint of Amazon Connect: what agents write.</summary>
    public const string WhatsAppOut = "whatsapp_out";
}

/// <summary>Which messages of <see cref="Topics.WhatsAppOut"/> <see cref="FunctionSpecs.ConnectEventHandler"/> gets: Connect streams the customer's own words too.</summary>
public static class ReplyFilter
{
    /// <summary>The message attribute that tells who wrote; what happens to a chat as a whole may lack it.</summary>
    public const string Attribute = "ParticipantRole";

    /// <summary>Its value of what is not delivered.</summary>
    public const string Customer = "CUSTOMER";

    /// <summary>The message attribute that tells what it is.</summary>
    public const string Type = "Type";

    /// <summary>Its value of a file.</summary>
    public const string File = "ATTACHMENT";

    /// <summary>The filter policy of a subscription for everything.</summary>
    public static string Policy => $$"""{{{NotTheCustomer}}}""";

    /// <summary>The same without files: they have a queue of their own.</summary>
    public static string WordsPolicy => $$"""{{{NotTheCustomer}},"{{Type}}":[{"anything-but":["{{File}}"]},{"exists":false}]}""";

    /// <summary>Files alone.</summary>
    public static string FilesPolicy => $$"""{{{NotTheCustomer}},"{{Type}}":["{{File}}"]}""";

    private static string NotTheCustomer => $$"""
        "{{Attribute}}":[{"anything-but":["{{Customer}}"]},{"exists":false}]
        """;
}

/// <summary>The S3 bucket of the system.</summary>
public static class Buckets
{
    /// <summary>Where Lambda puts the batches that a mapping gave up: its own choice.</summary>
    public const string GivenUp = "aws/lambda/";

    /// <summary>Where customers' files are put.</summary>
    public const string Media = "media/";

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

    /// <summary>The guide's JSON, and more: the templates that contact flows may send.</summary>
    public const string Templates = "/whatsapp_template/config";

    /// <summary>What <see cref="Templates"/> holds at first.</summary>
    public const string InitialTemplates = """
        {
          "ORIGINATION_PHONE_NUMBER_ID": "<your-origination-phone-number-id>",
          "META_API_VERSION": "v23.0",
          "answer_days": 7,
          "templates": {}
        }
        """;

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

    /// <summary>Name of <see cref="Tables.ActiveConnections"/> (all functions).</summary>
    public const string TableName = "TABLE_NAME";

    /// <summary>ARN of <see cref="Topics.WhatsAppOut"/> (whatsapp_event_handler).</summary>
    public const string TopicArn = "TOPIC_ARN";

    /// <summary>Name of <see cref="Parameters.Config"/> (message_aggregator, whatsapp_event_handler).</summary>
    public const string ConfigParamName = "CONFIG_PARAM_NAME";

    /// <summary>Name of <see cref="Parameters.Templates"/> (send_whatsapp_message).</summary>
    public const string TemplateParamName = "TEMPLATE_PARAM_NAME";

    /// <summary>Version of Meta's API, such as <c>v23.0</c> (whatsapp_event_handler, connect_event_handler).</summary>
    public const string MetaApiVersion = "META_API_VERSION";

    /// <summary>URL of the function's dead-letter queue, for what it can never get rid of otherwise (all functions).</summary>
    public const string DeadLetterQueueUrl = "DEAD_LETTER_QUEUE_URL";

    /// <summary>What ends a burst: <c>window</c> or <c>quiet</c>; see <see cref="ReleaseChoice"/>.</summary>
    public const string ReleasePolicy = "RELEASE_POLICY";

    /// <summary>URL of <see cref="FunctionSpec.FilesQueue"/>; absent with <see cref="Wiring.Guide"/>.</summary>
    public const string FilesQueueUrl = "FILES_QUEUE_URL";

    /// <summary>URL of the queue by which connect_event_handler is told what became of answers (on_raw_messages), with <see cref="Wiring.Queues"/>.</summary>
    public const string AnswerStatusQueueUrl = "ANSWER_STATUS_QUEUE_URL";

    /// <summary>Longer texts are split into chat messages of so many characters (whatsapp_event_handler).</summary>
    public const string MaxMessageCharacters = "MAX_MESSAGE_CHARACTERS";

    /// <summary><c>yes</c> or <c>no</c>: read receipts and reactions for customers (whatsapp_event_handler).</summary>
    public const string SendCourtesies = "SEND_COURTESIES";

    /// <summary>Name of the bucket that customers' files are fetched to (whatsapp_event_handler); when missing, they are written in words.</summary>
    public const string MediaBucket = "MEDIA_BUCKET";

    /// <summary>Seconds that an invocation which died keeps its conversation from the next one (whatsapp_event_handler, connect_event_handler); 30 when missing.</summary>
    public const string LeaseSeconds = "LEASE_SECONDS";

    /// <summary>Where telemetry goes, an OTLP endpoint such as <c>https://otlp.example.com:4318</c> (all functions); none = no telemetry is sent.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
}

/// <summary>Meta's API.</summary>
public static class MetaApi
{
    /// <summary>The version that answers, read receipts and reactions are sent with, unless set otherwise.</summary>
    public const string DefaultVersion = "v23.0";
}
