using System.Text.Json;
using Amazon.Connect.Model;
using Amazon.LimitedFeed;
using Amazon.Runtime.Internal;

namespace Amazon.Connect;

internal static class Operations
{
    public static readonly Service Service = new("Connect", "connect", "connect", "2017-08-08");

    private static readonly JsonProtocol Protocol = new(Service, Exception);

    public static readonly InvokeOptions CreateNotification = Protocol.Operation<CreateNotificationRequest, CreateNotificationResponse>(
        (input, request) =>
        {
            request.HttpMethod = "PUT";
            request.ResourcePath = "/notifications/{InstanceId}";
            request.AddPathResource("{InstanceId}", input.InstanceId);
        },
        (json, input) =>
        {
            json.Number("ExpiresAt", input.ExpiresAt is { } time ? new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeSeconds() : null);
            json.Texts("Recipients", input.Recipients);
            json.Text("Priority", input.Priority);
            json.TextMap("Content", input.Content);
            json.TextMap("Tags", input.Tags);
            json.Token("ClientToken", input.ClientToken);
        },
        json => new CreateNotificationResponse { NotificationArn = json.Text("NotificationArn"), NotificationId = json.Text("NotificationId") });

    public static readonly InvokeOptions DescribeContact = Protocol.Raw<DescribeContactRequest>(
        (input, request) =>
        {
            request.HttpMethod = "GET";
            request.ResourcePath = "/contacts/{InstanceId}/{ContactId}";
            request.AddPathResource("{InstanceId}", input.InstanceId);
            request.AddPathResource("{ContactId}", input.ContactId);
        },
        context =>
        {
            using JsonDocument document = JsonDocument.Parse(context.Stream, new JsonDocumentOptions { MaxDepth = context.JsonMaxDepth });
            return new DescribeContactResponse { Contact = document.RootElement.Object("Contact", Contact) };
        });

    public static readonly InvokeOptions StartChatContact = Protocol.Operation<StartChatContactRequest, StartChatContactResponse>(
        (_, request) =>
        {
            request.HttpMethod = "PUT";
            request.ResourcePath = "/contact/chat";
        },
        (json, input) =>
        {
            json.Text("InstanceId", input.InstanceId);
            json.Text("ContactFlowId", input.ContactFlowId);
            json.Object("ParticipantDetails", input.ParticipantDetails, (json, details) => json.Text("DisplayName", details.DisplayName));
            json.Object(
                "ParticipantConfiguration",
                input.ParticipantConfiguration,
                (json, configuration) => json.Text("ResponseMode", configuration.ResponseMode));
            json.Object("InitialMessage", input.InitialMessage, Write);
            json.TextMap("Attributes", input.Attributes);
            json.Token("ClientToken", input.ClientToken);
            json.Number("ChatDurationInMinutes", input.ChatDurationInMinutes);
            json.Texts("SupportedMessagingContentTypes", input.SupportedMessagingContentTypes);
            json.Object("PersistentChat", input.PersistentChat, Write);
            json.Text("RelatedContactId", input.RelatedContactId);
            json.Map("SegmentAttributes", input.SegmentAttributes, value => json.Object(value, Write));
            json.Text("CustomerId", input.CustomerId);
            json.Texts("DisconnectOnCustomerExit", input.DisconnectOnCustomerExit);
        },
        json => new StartChatContactResponse
        {
            ContactId = json.Text("ContactId"),
            ParticipantId = json.Text("ParticipantId"),
            ParticipantToken = json.Text("ParticipantToken"),
            ContinuedFromContactId = json.Text("ContinuedFromContactId"),
        });

    public static readonly InvokeOptions StartContactStreaming =
        Protocol.Operation<StartContactStreamingRequest, StartContactStreamingResponse>(
            (_, request) => request.ResourcePath = "/contact/start-streaming",
            (json, input) =>
            {
                json.Text("InstanceId", input.InstanceId);
                json.Text("ContactId", input.ContactId);
                json.Object(
                    "ChatStreamingConfiguration",
                    input.ChatStreamingConfiguration,
                    (json, configuration) => json.Text("StreamingEndpointArn", configuration.StreamingEndpointArn));
                json.Token("ClientToken", input.ClientToken);
            },
            json => new StartContactStreamingResponse { StreamingId = json.Text("StreamingId") });

    public static readonly InvokeOptions StopContact = Protocol.Operation<StopContactRequest, StopContactResponse>(
        (_, request) => request.ResourcePath = "/contact/stop",
        (json, input) =>
        {
            json.Text("ContactId", input.ContactId);
            json.Text("InstanceId", input.InstanceId);
            json.Object("DisconnectReason", input.DisconnectReason, (json, reason) => json.Text("Code", reason.Code));
        });

    public static readonly InvokeOptions StopContactStreaming =
        Protocol.Operation<StopContactStreamingRequest, StopContactStreamingResponse>(
            (_, request) => request.ResourcePath = "/contact/stop-streaming",
            (json, input) =>
            {
                json.Text("InstanceId", input.InstanceId);
                json.Text("ContactId", input.ContactId);
                json.Text("StreamingId", input.StreamingId);
            });

    private static Contact Contact(JsonElement json) => new()
    {
        Arn = json.Text("Arn"),
        Id = json.Text("Id"),
        InitialContactId = json.Text("InitialContactId"),
        AgentInfo = json.Object("AgentInfo", agent => new AgentInfo { Id = agent.Text("Id"), ConnectedToAgentTimestamp = agent.EpochSeconds("ConnectedToAgentTimestamp") }),
    };

    private static void Write(Utf8JsonWriter json, ChatMessage message)
    {
        json.Text("Content", message.Content);
        json.Text("ContentType", message.ContentType);
    }

    private static void Write(Utf8JsonWriter json, PersistentChat chat)
    {
        json.Text("RehydrationType", chat.RehydrationType);
        json.Text("SourceContactId", chat.SourceContactId);
    }

    private static void Write(Utf8JsonWriter json, SegmentAttributeValue value)
    {
        json.Text("ValueString", value.ValueString);
        json.Text("ValueArn", value.ValueArn);
        json.Number("ValueInteger", value.ValueInteger);
        json.List("ValueList", value.ValueList, item => json.Object(item, Write));
        json.Map("ValueMap", value.ValueMap, item => json.Object(item, Write));
    }

    private static AmazonConnectException Exception(Fault fault) => fault.Code switch
    {
        nameof(ContactNotFoundException) => new ContactNotFoundException(fault.Message, fault.Cause),
        nameof(InternalServiceException) => new InternalServiceException(fault.Message, fault.Cause),
        nameof(InvalidActiveRegionException) => new InvalidActiveRegionException(fault.Message, fault.Cause),
        nameof(InvalidParameterException) => new InvalidParameterException(fault.Message, fault.Cause),
        nameof(InvalidRequestException) => new InvalidRequestException(fault.Message, fault.Cause),
        nameof(LimitExceededException) => new LimitExceededException(fault.Message, fault.Cause),
        nameof(ResourceNotFoundException) => new ResourceNotFoundException(fault.Message, fault.Cause),
        _ => new AmazonConnectException(fault.Message, fault.Cause),
    };
}
