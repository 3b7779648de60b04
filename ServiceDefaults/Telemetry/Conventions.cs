namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>
/// Attribute names and values of the OpenTelemetry semantic conventions (1.44) that more than one room uses. <c>rpc.system</c> and
/// <c>rpc.service</c> are what the page on AWS SDK spans asks for and what the SDK itself writes.
/// </summary>
public static class Conventions
{
    /// <summary>Every activity source and meter of this project has a name that begins so.</summary>
    public const string SourcePrefix = "WhatsAppBuffer.";

    /// <summary>Class of the error an operation ended with: an AWS error code or the exception's type.</summary>
    public const string ErrorType = "error.type";

    /// <summary>Pseudonym of the conversation; see <see cref="Pseudonym"/>.</summary>
    public const string ConversationId = "messaging.message.conversation_id";

    /// <summary><c>aws.sns</c> and others.</summary>
    public const string MessagingSystem = "messaging.system";

    /// <summary>The system's own word for what is done.</summary>
    public const string MessagingOperationName = "messaging.operation.name";

    /// <summary><c>create</c>, <c>send</c>, <c>receive</c>, <c>process</c> or <c>settle</c>.</summary>
    public const string MessagingOperationType = "messaging.operation.type";

    /// <summary>Topic, queue or table the messages are in.</summary>
    public const string MessagingDestination = "messaging.destination.name";

    /// <summary>WhatsApp's message id.</summary>
    public const string MessageId = "messaging.message.id";

    /// <summary>Messages handled by one operation.</summary>
    public const string BatchMessageCount = "messaging.batch.message_count";

    /// <summary><c>messaging.system</c> of SNS.</summary>
    public const string AwsSns = "aws.sns";

    /// <summary><c>messaging.system</c> of a DynamoDB stream; the conventions list no value for it.</summary>
    public const string AwsDynamoDbStreams = "aws.dynamodb_streams";

    /// <summary>What made Lambda invoke the function: <see cref="PubSub"/>, <see cref="DataSource"/>, <see cref="Timer"/> or <see cref="Other"/>.</summary>
    public const string FaasTrigger = "faas.trigger";

    /// <summary>Value of <see cref="FaasTrigger"/>: a message of a messaging system.</summary>
    public const string PubSub = "pubsub";

    /// <summary>Value of <see cref="FaasTrigger"/>: a change in a database.</summary>
    public const string DataSource = "datasource";

    /// <summary>Value of <see cref="FaasTrigger"/>: a schedule.</summary>
    public const string Timer = "timer";

    /// <summary>Value of <see cref="FaasTrigger"/>: another function.</summary>
    public const string Other = "other";
}
