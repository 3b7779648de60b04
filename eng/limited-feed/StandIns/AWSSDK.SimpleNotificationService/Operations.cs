using System.Xml.Linq;
using Amazon.LimitedFeed;
using Amazon.Runtime.Internal;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService;

internal static class Operations
{
    public static readonly Service Service = new("SNS", "sns", "sns", "2010-03-31");

    private static readonly QueryProtocol Protocol = new(Service, Exception);

    public static readonly InvokeOptions Publish = Protocol.Operation<PublishRequest, PublishResponse>(
        "Publish",
        (form, input) =>
        {
            form.Text("TopicArn", input.TopicArn);
            form.Text("TargetArn", input.TargetArn);
            form.Text("PhoneNumber", input.PhoneNumber);
            form.Text("Message", input.Message);
            form.Text("Subject", input.Subject);
            form.Text("MessageStructure", input.MessageStructure);
            form.Map("MessageAttributes", "Name", input.MessageAttributes, Write);
            form.Text("MessageDeduplicationId", input.MessageDeduplicationId);
            form.Text("MessageGroupId", input.MessageGroupId);
        },
        xml => new PublishResponse { MessageId = xml.Text("MessageId"), SequenceNumber = xml.Text("SequenceNumber") });

    public static readonly InvokeOptions PublishBatch = Protocol.Operation<PublishBatchRequest, PublishBatchResponse>(
        "PublishBatch",
        (form, input) =>
        {
            form.Text("TopicArn", input.TopicArn);
            form.List("PublishBatchRequestEntries", input.PublishBatchRequestEntries, Write);
        },
        xml => new PublishBatchResponse { Successful = xml.List("Successful", ReadSuccess), Failed = xml.List("Failed", ReadFailure) });

    public static readonly InvokeOptions CreateTopic = Protocol.Operation<CreateTopicRequest, CreateTopicResponse>(
        "CreateTopic",
        (form, input) =>
        {
            form.Text("Name", input.Name);
            form.TextMap("Attributes", input.Attributes);
            form.List("Tags", input.Tags, Write);
            form.Text("DataProtectionPolicy", input.DataProtectionPolicy);
        },
        xml => new CreateTopicResponse { TopicArn = xml.Text("TopicArn") });

    public static readonly InvokeOptions Subscribe = Protocol.Operation<SubscribeRequest, SubscribeResponse>(
        "Subscribe",
        (form, input) =>
        {
            form.Text("TopicArn", input.TopicArn);
            form.Text("Protocol", input.Protocol);
            form.Text("Endpoint", input.Endpoint);
            form.TextMap("Attributes", input.Attributes);
            form.Flag("ReturnSubscriptionArn", input.ReturnSubscriptionArn);
        },
        xml => new SubscribeResponse { SubscriptionArn = xml.Text("SubscriptionArn") });

    private static void Write(QueryForm form, MessageAttributeValue value)
    {
        form.Text("DataType", value.DataType);
        form.Text("StringValue", value.StringValue);
        form.Blob("BinaryValue", value.BinaryValue);
    }

    private static void Write(QueryForm form, PublishBatchRequestEntry entry)
    {
        form.Text("Id", entry.Id);
        form.Text("Message", entry.Message);
        form.Text("Subject", entry.Subject);
        form.Text("MessageStructure", entry.MessageStructure);
        form.Map("MessageAttributes", "Name", entry.MessageAttributes, Write);
        form.Text("MessageDeduplicationId", entry.MessageDeduplicationId);
        form.Text("MessageGroupId", entry.MessageGroupId);
    }

    private static void Write(QueryForm form, Tag tag)
    {
        form.Text("Key", tag.Key);
        form.Text("Value", tag.Value);
    }

    private static PublishBatchResultEntry ReadSuccess(XElement xml) => new()
    {
        Id = xml.Text("Id"),
        MessageId = xml.Text("MessageId"),
        SequenceNumber = xml.Text("SequenceNumber"),
    };

    private static BatchResultErrorEntry ReadFailure(XElement xml) => new()
    {
        Id = xml.Text("Id"),
        Code = xml.Text("Code"),
        Message = xml.Text("Message"),
        SenderFault = xml.Flag("SenderFault"),
    };

    private static AmazonSimpleNotificationServiceException Exception(Fault fault) => fault.Code switch
    {
        "AuthorizationError" => new AuthorizationErrorException(fault),
        "EndpointDisabled" => new EndpointDisabledException(fault),
        "InternalError" => new InternalErrorException(fault),
        "InvalidParameter" => new InvalidParameterException(fault),
        "ParameterValueInvalid" => new InvalidParameterValueException(fault),
        "InvalidSecurity" => new InvalidSecurityException(fault),
        "KMSAccessDenied" => new KMSAccessDeniedException(fault),
        "KMSDisabled" => new KMSDisabledException(fault),
        "KMSInvalidState" => new KMSInvalidStateException(fault),
        "KMSNotFound" => new KMSNotFoundException(fault),
        "KMSOptInRequired" => new KMSOptInRequiredException(fault),
        "KMSThrottling" => new KMSThrottlingException(fault),
        "NotFound" => new NotFoundException(fault),
        "PlatformApplicationDisabled" => new PlatformApplicationDisabledException(fault),
        "ValidationException" => new ValidationException(fault),
        "BatchEntryIdsNotDistinct" => new BatchEntryIdsNotDistinctException(fault),
        "BatchRequestTooLong" => new BatchRequestTooLongException(fault),
        "ConcurrentAccess" => new ConcurrentAccessException(fault),
        "EmptyBatchRequest" => new EmptyBatchRequestException(fault),
        "FilterPolicyLimitExceeded" => new FilterPolicyLimitExceededException(fault),
        "InvalidBatchEntryId" => new InvalidBatchEntryIdException(fault),
        "ReplayLimitExceeded" => new ReplayLimitExceededException(fault),
        "StaleTag" => new StaleTagException(fault),
        "SubscriptionLimitExceeded" => new SubscriptionLimitExceededException(fault),
        "TagLimitExceeded" => new TagLimitExceededException(fault),
        "TagPolicy" => new TagPolicyException(fault),
        "TooManyEntriesInBatchRequest" => new TooManyEntriesInBatchRequestException(fault),
        "TopicLimitExceeded" => new TopicLimitExceededException(fault),
        _ => new AmazonSimpleNotificationServiceException(fault),
    };
}
