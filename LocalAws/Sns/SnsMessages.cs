using System.Text.Json.Serialization;

namespace LocalAws.Sns;

internal sealed record CreateTopicInput(string? Name, Dictionary<string, string>? Attributes);

internal sealed record TopicInput(string? TopicArn);

internal sealed record ListTopicsInput(string? NextToken);

internal sealed record SetTopicAttributesInput(string? TopicArn, string? AttributeName, string? AttributeValue);

internal sealed record SubscribeInput(string? TopicArn, string? Protocol, string? Endpoint, Dictionary<string, string>? Attributes, bool ReturnSubscriptionArn = false);

internal sealed record SubscriptionInput(string? SubscriptionArn);

internal sealed record SetSubscriptionAttributesInput(string? SubscriptionArn, string? AttributeName, string? AttributeValue);

internal sealed record ListSubscriptionsByTopicInput(string? TopicArn, string? NextToken);

internal sealed record MessageAttributeInput(string? DataType, string? StringValue, string? BinaryValue);

internal sealed record PublishInput(
    string? TopicArn, string? TargetArn, string? Message, string? Subject, string? MessageStructure, Dictionary<string, MessageAttributeInput>? MessageAttributes);

internal sealed record PublishBatchInput(string? TopicArn, IReadOnlyList<PublishBatchEntryInput>? PublishBatchRequestEntries);

internal sealed record PublishBatchEntryInput(
    string? Id, string? Message, string? Subject, string? MessageStructure, Dictionary<string, MessageAttributeInput>? MessageAttributes);

[JsonSerializable(typeof(CreateTopicInput))]
[JsonSerializable(typeof(TopicInput))]
[JsonSerializable(typeof(ListTopicsInput))]
[JsonSerializable(typeof(SetTopicAttributesInput))]
[JsonSerializable(typeof(SubscribeInput))]
[JsonSerializable(typeof(SubscriptionInput))]
[JsonSerializable(typeof(SetSubscriptionAttributesInput))]
[JsonSerializable(typeof(ListSubscriptionsByTopicInput))]
[JsonSerializable(typeof(PublishInput))]
[JsonSerializable(typeof(PublishBatchInput))]
internal sealed partial class SnsShapes : JsonSerializerContext;
