using System.Text.Json.Serialization;

namespace WhatsAppBuffer.Simulator.Connect;

internal sealed record StartChatContactInput(
    string? InstanceId,
    string? ContactFlowId,
    ParticipantDetails? ParticipantDetails,
    Dictionary<string, string>? Attributes,
    InitialMessage? InitialMessage,
    string? ClientToken,
    int? ChatDurationInMinutes,
    IReadOnlyList<string>? SupportedMessagingContentTypes);

internal sealed record ParticipantDetails(string? DisplayName);

internal sealed record InitialMessage(string? ContentType, string? Content);

internal sealed record StartContactStreamingInput(
    string? InstanceId, string? ContactId, ChatStreamingConfiguration? ChatStreamingConfiguration, string? ClientToken);

internal sealed record ChatStreamingConfiguration(string? StreamingEndpointArn);

internal sealed record StartContactStreamingOutput(string StreamingId);

internal sealed record StopContactStreamingInput(string? InstanceId, string? ContactId, string? StreamingId);

internal sealed record StopContactInput(string? ContactId, string? InstanceId);

[JsonSerializable(typeof(StartChatContactInput))]
[JsonSerializable(typeof(StartedChat))]
[JsonSerializable(typeof(StartContactStreamingInput))]
[JsonSerializable(typeof(StartContactStreamingOutput))]
[JsonSerializable(typeof(StopContactStreamingInput))]
[JsonSerializable(typeof(StopContactInput))]
internal sealed partial class ConnectJson : JsonSerializerContext;
