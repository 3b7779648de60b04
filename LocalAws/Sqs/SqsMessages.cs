using System.Text.Json.Serialization;

namespace LocalAws.Sqs;

internal sealed record CreateQueueInput(string? QueueName, Dictionary<string, string>? Attributes);

internal sealed record GetQueueUrlInput(string? QueueName);

internal sealed record QueueUrlOutput(string QueueUrl);

internal sealed record QueueInput(string? QueueUrl);

internal sealed record GetQueueAttributesInput(string? QueueUrl, IReadOnlyList<string>? AttributeNames);

internal sealed record GetQueueAttributesOutput(Dictionary<string, string> Attributes);

internal sealed record SetQueueAttributesInput(string? QueueUrl, Dictionary<string, string>? Attributes);

internal sealed record ListQueuesInput(string? QueueNamePrefix, int? MaxResults, string? NextToken);

internal sealed record ListQueuesOutput(IReadOnlyList<string> QueueUrls, string? NextToken);

internal sealed record MessageAttributeValue(string? DataType, string? StringValue, string? BinaryValue);

internal sealed record SendMessageInput(
    string? QueueUrl, string? MessageBody, int? DelaySeconds, Dictionary<string, MessageAttributeValue>? MessageAttributes);

internal sealed record SendMessageOutput(
    string MessageId,
    [property: JsonPropertyName("MD5OfMessageBody")] string Md5OfMessageBody,
    [property: JsonPropertyName("MD5OfMessageAttributes")] string? Md5OfMessageAttributes);

internal sealed record SendMessageBatchInput(string? QueueUrl, IReadOnlyList<SendMessageBatchEntry>? Entries);

internal sealed record SendMessageBatchEntry(
    string? Id, string? MessageBody, int? DelaySeconds, Dictionary<string, MessageAttributeValue>? MessageAttributes);

internal sealed record SendMessageBatchResult(
    string Id,
    string MessageId,
    [property: JsonPropertyName("MD5OfMessageBody")] string Md5OfMessageBody,
    [property: JsonPropertyName("MD5OfMessageAttributes")] string? Md5OfMessageAttributes);

internal sealed record SendMessageBatchOutput(IReadOnlyList<SendMessageBatchResult> Successful, IReadOnlyList<BatchFailure> Failed);

internal sealed record BatchFailure(string Id, bool SenderFault, string Code, string Message);

internal sealed record ReceiveMessageInput(
    string? QueueUrl,
    IReadOnlyList<string>? AttributeNames,
    IReadOnlyList<string>? MessageSystemAttributeNames,
    IReadOnlyList<string>? MessageAttributeNames,
    int? MaxNumberOfMessages,
    int? VisibilityTimeout,
    int? WaitTimeSeconds);

internal sealed record ReceiveMessageOutput(IReadOnlyList<MessageOutput>? Messages);

internal sealed record MessageOutput(
    string MessageId,
    string ReceiptHandle,
    [property: JsonPropertyName("MD5OfBody")] string Md5OfBody,
    string Body,
    Dictionary<string, string>? Attributes,
    [property: JsonPropertyName("MD5OfMessageAttributes")] string? Md5OfMessageAttributes,
    Dictionary<string, MessageAttributeValue>? MessageAttributes);

internal sealed record DeleteMessageInput(string? QueueUrl, string? ReceiptHandle);

internal sealed record DeleteMessageBatchInput(string? QueueUrl, IReadOnlyList<DeleteMessageBatchEntry>? Entries);

internal sealed record DeleteMessageBatchEntry(string? Id, string? ReceiptHandle);

internal sealed record DeleteMessageBatchResult(string Id);

internal sealed record DeleteMessageBatchOutput(IReadOnlyList<DeleteMessageBatchResult> Successful, IReadOnlyList<BatchFailure> Failed);

internal sealed record ChangeMessageVisibilityInput(string? QueueUrl, string? ReceiptHandle, int? VisibilityTimeout);

internal sealed record StartMessageMoveTaskInput(string? SourceArn, string? DestinationArn);

internal sealed record StartMessageMoveTaskOutput(string TaskHandle);

[JsonSerializable(typeof(CreateQueueInput))]
[JsonSerializable(typeof(GetQueueUrlInput))]
[JsonSerializable(typeof(QueueUrlOutput))]
[JsonSerializable(typeof(QueueInput))]
[JsonSerializable(typeof(GetQueueAttributesInput))]
[JsonSerializable(typeof(GetQueueAttributesOutput))]
[JsonSerializable(typeof(SetQueueAttributesInput))]
[JsonSerializable(typeof(ListQueuesInput))]
[JsonSerializable(typeof(ListQueuesOutput))]
[JsonSerializable(typeof(SendMessageInput))]
[JsonSerializable(typeof(SendMessageOutput))]
[JsonSerializable(typeof(SendMessageBatchInput))]
[JsonSerializable(typeof(SendMessageBatchOutput))]
[JsonSerializable(typeof(ReceiveMessageInput))]
[JsonSerializable(typeof(ReceiveMessageOutput))]
[JsonSerializable(typeof(DeleteMessageInput))]
[JsonSerializable(typeof(DeleteMessageBatchInput))]
[JsonSerializable(typeof(DeleteMessageBatchOutput))]
[JsonSerializable(typeof(ChangeMessageVisibilityInput))]
[JsonSerializable(typeof(StartMessageMoveTaskInput))]
[JsonSerializable(typeof(StartMessageMoveTaskOutput))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class SqsJson : JsonSerializerContext;
