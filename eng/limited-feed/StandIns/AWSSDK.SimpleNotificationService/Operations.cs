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
            form.Map("MessageAttributes", input.MessageAttributes, Write);
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
            form.Map("Attributes", input.Attributes, Write);
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
            form.Map("Attributes", input.Attributes, Write);
            form.Flag("ReturnSubscriptionArn", input.ReturnSubscriptionArn);
        },
        xml => new SubscribeResponse { SubscriptionArn = xml.Text("SubscriptionArn") });

    private static void Write(QueryForm form, KeyValuePair<string, string> attribute)
    {
        form.Text("key", attribute.Key);
        form.Text("value", attribute.Value);
    }

    private static void Write(QueryForm form, KeyValuePair<string, MessageAttributeValue> attribute)
    {
        form.Text("Name", attribute.Key);
        form.Text("Value.DataType", attribute.Value.DataType);
        form.Text("Value.StringValue", attribute.Value.StringValue);
        form.Blob("Value.BinaryValue", attribute.Value.BinaryValue);
    }

    private static void Write(QueryForm form, PublishBatchRequestEntry entry)
    {
        form.Text("Id", entry.Id);
        form.Text("Message", entry.Message);
        form.Text("Subject", entry.Subject);
        form.Text("MessageStructure", entry.MessageStructure);
        form.Map("MessageAttributes", entry.MessageAttributes, Write);
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
        "AuthorizationError" => new AuthorizationErrorException(fault.Message, fault.Cause),
        "EndpointDisabled" => new EndpointDisabledException(fault.Message, fault.Cause),
        "InternalError" => new InternalErrorException(fault.Message, fault.Cause),
        "InvalidParameter" => new InvalidParameterException(fault.Message, fault.Cause),
        "ParameterValueInvalid" => new InvalidParameterValueException(fault.Message, fault.Cause),
        "InvalidSecurity" => new InvalidSecurityException(fault.Message, fault.Cause),
        "KMSAccessDenied" => new KMSAccessDeniedException(fault.Message, fault.Cause),
        "KMSDisabled" => new KMSDisabledException(fault.Message, fault.Cause),
        "KMSInvalidState" => new KMSInvalidStateException(fault.Message, fault.Cause),
        "KMSNotFound" => new KMSNotFoundException(fault.Message, fault.Cause),
        "KMSOptInRequired" => new KMSOptInRequiredException(fault.Message, fault.Cause),
        "KMSThrottling" => new KMSThrottlingException(fault.Message, fault.Cause),
        "NotFound" => new NotFoundException(fault.Message, fault.Cause),
        "PlatformApplicationDisabled" => new PlatformApplicationDisabledException(fault.Message, fault.Cause),
        "ValidationException" => new ValidationException(fault.Message, fault.Cause),
        "BatchEntryIdsNotDistinct" => new BatchEntryIdsNotDistinctException(fault.Message, fault.Cause),
        "BatchRequestTooLong" => new BatchRequestTooLongException(fault.Message, fault.Cause),
        "ConcurrentAccess" => new ConcurrentAccessException(fault.Message, fault.Cause),
        "EmptyBatchRequest" => new EmptyBatchRequestException(fault.Message, fault.Cause),
        "FilterPolicyLimitExceeded" => new FilterPolicyLimitExceededException(fault.Message, fault.Cause),
        "InvalidBatchEntryId" => new InvalidBatchEntryIdException(fault.Message, fault.Cause),
        "ReplayLimitExceeded" => new ReplayLimitExceededException(fault.Message, fault.Cause),
        "StaleTag" => new StaleTagException(fault.Message, fault.Cause),
        "SubscriptionLimitExceeded" => new SubscriptionLimitExceededException(fault.Message, fault.Cause),
        "TagLimitExceeded" => new TagLimitExceededException(fault.Message, fault.Cause),
        "TagPolicy" => new TagPolicyException(fault.Message, fault.Cause),
        "TooManyEntriesInBatchRequest" => new TooManyEntriesInBatchRequestException(fault.Message, fault.Cause),
        "TopicLimitExceeded" => new TopicLimitExceededException(fault.Message, fault.Cause),
        _ => new AmazonSimpleNotificationServiceException(fault.Message, fault.Cause),
    };
}
