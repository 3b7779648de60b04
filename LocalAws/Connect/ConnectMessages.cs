using System.Text.Json.Serialization;

namespace LocalAws.Connect;

internal sealed record StartChatContactInput(
    string? InstanceId,
    string? ContactFlowId,
    ParticipantDetailsInput? ParticipantDetails,
    Dictionary<string, string>? Attributes,
    InitialMessageInput? InitialMessage,
    string? ClientToken,
    int? ChatDurationInMinutes,
    IReadOnlyList<string>? SupportedMessagingContentTypes);

internal sealed record ParticipantDetailsInput(string? DisplayName);

internal sealed record InitialMessageInput(string? ContentType, string? Content);

internal sealed record StartContactStreamingInput(
    string? InstanceId, string? ContactId, ChatStreamingConfigurationInput? ChatStreamingConfiguration, string? ClientToken);

internal sealed record ChatStreamingConfigurationInput(string? StreamingEndpointArn);

internal sealed record StartContactStreamingOutput(string StreamingId);

internal sealed record StopContactStreamingInput(string? InstanceId, string? ContactId, string? StreamingId);

internal sealed record StopContactInput(string? ContactId, string? InstanceId);

internal sealed record UpdateContactAttributesInput(string? InitialContactId, string? InstanceId, Dictionary<string, string>? Attributes);

internal sealed record GetContactAttributesInput(string? InstanceId, string? InitialContactId);

internal sealed record GetContactAttributesOutput(IReadOnlyDictionary<string, string> Attributes);

internal sealed record DescribeContactInput(string? InstanceId, string? ContactId);

internal sealed record DescribeContactOutput(ContactOutput Contact);

internal sealed record ContactOutput(
    string Arn, string Id, string InitialContactId, string Channel, string InitiationMethod, decimal InitiationTimestamp, decimal? DisconnectTimestamp, AgentInfoOutput? AgentInfo);

internal sealed record AgentInfoOutput(string Id);

internal sealed record CreateNotificationInput(
    string? InstanceId, IReadOnlyList<string>? Recipients, Dictionary<string, string>? Content, string? Priority, string? ClientToken);

internal sealed record CreateNotificationOutput(string NotificationArn, string NotificationId);

[JsonSerializable(typeof(DescribeContactInput))]
[JsonSerializable(typeof(DescribeContactOutput))]
[JsonSerializable(typeof(CreateNotificationInput))]
[JsonSerializable(typeof(CreateNotificationOutput))]
[JsonSerializable(typeof(StartChatContactInput))]
[JsonSerializable(typeof(StartedChat))]
[JsonSerializable(typeof(StartContactStreamingInput))]
[JsonSerializable(typeof(StartContactStreamingOutput))]
[JsonSerializable(typeof(StopContactStreamingInput))]
[JsonSerializable(typeof(StopContactInput))]
[JsonSerializable(typeof(UpdateContactAttributesInput))]
[JsonSerializable(typeof(GetContactAttributesInput))]
[JsonSerializable(typeof(GetContactAttributesOutput))]
internal sealed partial class ConnectJson : JsonSerializerContext;
