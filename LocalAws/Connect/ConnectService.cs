using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.Connect;

/// <summary>The wire of Connect: REST-JSON under <c>/contact</c>.</summary>
/// <param name="engine">The chats.</param>
public sealed class ConnectService(ConnectEngine engine) : AwsService("connect", Protocol)
{
    private static readonly RestJsonProtocol Protocol = new("connect", "/contact/", "/contacts/", "/notifications/")
    {
        Service = "Connect",
        Refusal = "InvalidParameterException",
        MessageMember = "Message",
    };

    private protected override IReadOnlyList<AwsOperation> Table =>
    [
        Protocol.Of("StartChatContact PUT /contact/chat", Shape.StartChatContactInput, Shape.StartedChat, StartChatContact),
        Protocol.Of("StartContactStreaming POST /contact/start-streaming", Shape.StartContactStreamingInput, Shape.StartContactStreamingOutput, StartContactStreaming),
        Protocol.Of("StopContactStreaming POST /contact/stop-streaming", Shape.StopContactStreamingInput, StopContactStreaming),
        Protocol.Of("StopContact POST /contact/stop", Shape.StopContactInput, StopContact),
        Protocol.Of("GetContactAttributes GET /contact/attributes/{InstanceId}/{InitialContactId}", Shape.GetContactAttributesInput, Shape.GetContactAttributesOutput, GetContactAttributes),
        Protocol.Of("DescribeContact GET /contacts/{InstanceId}/{ContactId}", Shape.DescribeContactInput, Shape.DescribeContactOutput, DescribeContact),
        Protocol.Of("CreateNotification PUT /notifications/{InstanceId}", Shape.CreateNotificationInput, Shape.CreateNotificationOutput, CreateNotification),
        Protocol.Of("UpdateContactAttributes POST /contact/attributes", Shape.UpdateContactAttributesInput, UpdateContactAttributes),
    ];

    private static ConnectJson Shape => ConnectJson.Default;

    private StartedChat StartChatContact(StartChatContactInput input)
    {
        return engine.StartChatContact(new ChatRequest(
            Required(input.InstanceId, "InstanceId"),
            Required(input.ContactFlowId, "ContactFlowId"),
            Required(input.ParticipantDetails?.DisplayName, "ParticipantDetails.DisplayName"))
        {
            Attributes = input.Attributes ?? [],
            InitialMessage = input.InitialMessage is { } message
                ? new InitialMessage(Required(message.ContentType, "InitialMessage.ContentType"), Required(message.Content, "InitialMessage.Content"))
                : null,
            ClientToken = input.ClientToken,
            ChatDurationInMinutes = input.ChatDurationInMinutes,
            SupportedMessagingContentTypes = input.SupportedMessagingContentTypes,
        });
    }

    private StartContactStreamingOutput StartContactStreaming(StartContactStreamingInput input)
    {
        string id = engine.StartContactStreaming(
            Required(input.InstanceId, "InstanceId"),
            Required(input.ContactId, "ContactId"),
            Required(input.ChatStreamingConfiguration?.StreamingEndpointArn, "ChatStreamingConfiguration.StreamingEndpointArn"),
            Required(input.ClientToken, "ClientToken"));
        return new StartContactStreamingOutput(id);
    }

    private void StopContactStreaming(StopContactStreamingInput input) =>
        engine.StopContactStreaming(
            Required(input.InstanceId, "InstanceId"), Required(input.ContactId, "ContactId"), Required(input.StreamingId, "StreamingId"));

    private void StopContact(StopContactInput input) =>
        engine.StopContact(Required(input.InstanceId, "InstanceId"), Required(input.ContactId, "ContactId"));

    private GetContactAttributesOutput GetContactAttributes(GetContactAttributesInput input) =>
        new(engine.GetContactAttributes(Required(input.InstanceId, "InstanceId"), Required(input.InitialContactId, "InitialContactId")));

    private void UpdateContactAttributes(UpdateContactAttributesInput input) =>
        engine.UpdateContactAttributes(
            Required(input.InstanceId, "InstanceId"),
            Required(input.InitialContactId, "InitialContactId"),
            input.Attributes ?? throw ConnectError.InvalidRequest("The request is not valid: Attributes is missing."));

    private DescribeContactOutput DescribeContact(DescribeContactInput input)
    {
        ContactDescription contact = engine.DescribeContact(Required(input.InstanceId, "InstanceId"), Required(input.ContactId, "ContactId"));
        ContactSummary summary = contact.Summary;
        return new(new ContactOutput(
            contact.Arn,
            summary.Id,
            summary.Id,
            "CHAT",
            "API",
            AwsTime.Epoch(summary.StartedAt),
            summary.EndedAt is { } end ? AwsTime.Epoch(end) : null,
            contact.AgentId is null ? null : new AgentInfoOutput(contact.AgentId)));
    }

    private CreateNotificationOutput CreateNotification(CreateNotificationInput input)
    {
        AgentNotification notification = engine.CreateNotification(
            Required(input.InstanceId, "InstanceId"),
            input.Recipients ?? throw ConnectError.InvalidRequest("The request is not valid: Recipients is missing."),
            input.Content ?? throw ConnectError.InvalidRequest("The request is not valid: Content is missing."),
            input.Priority,
            input.ClientToken);
        return new(notification.Arn, notification.Id);
    }

    private static string Required(string? value, string member) => value ?? throw ConnectError.InvalidRequest($"The request is not valid: {member} is missing.");
}
