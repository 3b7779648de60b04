using System.Text.Json;
using Amazon.ConnectParticipant.Model;
using Amazon.LimitedFeed;
using Amazon.Runtime.Internal;

namespace Amazon.ConnectParticipant;

/// <summary>Tokens never travel in a body: they are the bare value of <c>X-Amz-Bearer</c>, whatever else signs the request.</summary>
internal static class Operations
{
    public static readonly Service Service = new("ConnectParticipant", "execute-api", "participant.connect", "2018-09-07");

    private static readonly JsonProtocol Protocol = new(Service, Exception);

    public static readonly InvokeOptions CreateParticipantConnection =
        Protocol.Operation<CreateParticipantConnectionRequest, CreateParticipantConnectionResponse>(
            (input, request) => Address(request, "/participant/connection", input.ParticipantToken),
            (json, input) =>
            {
                json.Texts("Type", input.Type);
                json.Flag("ConnectParticipant", input.ConnectParticipant);
            },
            json => new CreateParticipantConnectionResponse
            {
                ConnectionCredentials = json.Object("ConnectionCredentials", json => new ConnectionCredentials
                {
                    ConnectionToken = json.Text("ConnectionToken"),
                    Expiry = json.Text("Expiry"),
                }),
                Websocket = json.Object("Websocket", json => new Websocket
                {
                    Url = json.Text("Url"),
                    ConnectionExpiry = json.Text("ConnectionExpiry"),
                }),
            });

    public static readonly InvokeOptions DisconnectParticipant =
        Protocol.Operation<DisconnectParticipantRequest, DisconnectParticipantResponse>(
            (input, request) => Address(request, "/participant/disconnect", input.ConnectionToken),
            (json, input) => json.Token("ClientToken", input.ClientToken));

    public static readonly InvokeOptions SendMessage = Protocol.Operation<SendMessageRequest, SendMessageResponse>(
        (input, request) => Address(request, "/participant/message", input.ConnectionToken),
        (json, input) =>
        {
            json.Token("ClientToken", input.ClientToken);
            json.Text("Content", input.Content);
            json.Text("ContentType", input.ContentType);
        },
        json => new SendMessageResponse
        {
            Id = json.Text("Id"),
            AbsoluteTime = json.Text("AbsoluteTime"),
            MessageMetadata = json.Object("MessageMetadata", json => new MessageProcessingMetadata
            {
                MessageProcessingStatus = json.Text("MessageProcessingStatus"),
            }),
        });

    public static readonly InvokeOptions SendEvent = Protocol.Operation<SendEventRequest, SendEventResponse>(
        (input, request) => Address(request, "/participant/event", input.ConnectionToken),
        (json, input) =>
        {
            json.Token("ClientToken", input.ClientToken);
            json.Text("Content", input.Content);
            json.Text("ContentType", input.ContentType);
        },
        json => new SendEventResponse { Id = json.Text("Id"), AbsoluteTime = json.Text("AbsoluteTime") });

    public static readonly InvokeOptions StartAttachmentUpload =
        Protocol.Operation<StartAttachmentUploadRequest, StartAttachmentUploadResponse>(
            (input, request) => Address(request, "/participant/start-attachment-upload", input.ConnectionToken),
            (json, input) =>
            {
                json.Text("AttachmentName", input.AttachmentName);
                json.Number("AttachmentSizeInBytes", input.AttachmentSizeInBytes);
                json.Token("ClientToken", input.ClientToken);
                json.Text("ContentType", input.ContentType);
            },
            json => new StartAttachmentUploadResponse
            {
                AttachmentId = json.Text("AttachmentId"),
                UploadMetadata = json.Object("UploadMetadata", json => new UploadMetadata
                {
                    Url = json.Text("Url"),
                    UrlExpiry = json.Text("UrlExpiry"),
                    HeadersToInclude = json.TextMap("HeadersToInclude"),
                }),
            });

    public static readonly InvokeOptions CompleteAttachmentUpload =
        Protocol.Operation<CompleteAttachmentUploadRequest, CompleteAttachmentUploadResponse>(
            (input, request) => Address(request, "/participant/complete-attachment-upload", input.ConnectionToken),
            (json, input) =>
            {
                json.Texts("AttachmentIds", input.AttachmentIds);
                json.Token("ClientToken", input.ClientToken);
            });

    public static readonly InvokeOptions GetAttachment = Protocol.Operation<GetAttachmentRequest, GetAttachmentResponse>(
        (input, request) => Address(request, "/participant/attachment", input.ConnectionToken),
        (json, input) =>
        {
            json.Text("AttachmentId", input.AttachmentId);
            json.Number("UrlExpiryInSeconds", input.UrlExpiryInSeconds);
        },
        json => new GetAttachmentResponse
        {
            Url = json.Text("Url"),
            UrlExpiry = json.Text("UrlExpiry"),
            AttachmentSizeInBytes = json.Number("AttachmentSizeInBytes"),
        });

    public static readonly InvokeOptions GetTranscript = Protocol.Operation<GetTranscriptRequest, GetTranscriptResponse>(
        (input, request) => Address(request, "/participant/transcript", input.ConnectionToken),
        (json, input) =>
        {
            json.Text("ContactId", input.ContactId);
            json.Number("MaxResults", input.MaxResults);
            json.Text("NextToken", input.NextToken);
            json.Text("ScanDirection", input.ScanDirection);
            json.Text("SortOrder", input.SortOrder);
            json.Object("StartPosition", input.StartPosition, Write);
        },
        json => new GetTranscriptResponse
        {
            InitialContactId = json.Text("InitialContactId"),
            NextToken = json.Text("NextToken"),
            Transcript = json.List("Transcript", ReadItem),
        });

    private static void Address(IRequest request, string path, string token)
    {
        request.ResourcePath = path;
        request.SetHeader("X-Amz-Bearer", token);
    }

    private static void Write(Utf8JsonWriter json, StartPosition position)
    {
        json.Text("Id", position.Id);
        json.Text("AbsoluteTime", position.AbsoluteTime);
        json.Number("MostRecent", position.MostRecent);
    }

    private static Item ReadItem(JsonElement json) => new()
    {
        AbsoluteTime = json.Text("AbsoluteTime"),
        Attachments = json.List("Attachments", json => new AttachmentItem
        {
            AttachmentId = json.Text("AttachmentId"),
            AttachmentName = json.Text("AttachmentName"),
            ContentType = json.Text("ContentType"),
            Status = json.Text("Status"),
        }),
        ContactId = json.Text("ContactId"),
        Content = json.Text("Content"),
        ContentType = json.Text("ContentType"),
        DisplayName = json.Text("DisplayName"),
        Id = json.Text("Id"),
        MessageMetadata = json.Object("MessageMetadata", json => new MessageMetadata
        {
            MessageId = json.Text("MessageId"),
            MessageProcessingStatus = json.Text("MessageProcessingStatus"),
            Receipts = json.List("Receipts", json => new Receipt
            {
                DeliveredTimestamp = json.Text("DeliveredTimestamp"),
                ReadTimestamp = json.Text("ReadTimestamp"),
                RecipientParticipantId = json.Text("RecipientParticipantId"),
            }),
        }),
        ParticipantId = json.Text("ParticipantId"),
        ParticipantRole = json.Text("ParticipantRole"),
        RelatedContactId = json.Text("RelatedContactId"),
        Type = json.Text("Type"),
    };

    private static AmazonConnectParticipantException Exception(Fault fault) => fault.Code switch
    {
        nameof(AccessDeniedException) => new AccessDeniedException(fault.Message, fault.Cause),
        nameof(ConflictException) => new ConflictException(fault.Message, fault.Cause),
        nameof(InternalServerException) => new InternalServerException(fault.Message, fault.Cause),
        nameof(ResourceNotFoundException) => new ResourceNotFoundException(fault.Message, fault.Cause),
        nameof(ServiceQuotaExceededException) => new ServiceQuotaExceededException(fault.Message, fault.Cause),
        nameof(ThrottlingException) => new ThrottlingException(fault.Message, fault.Cause),
        nameof(ValidationException) => new ValidationException(fault.Message, fault.Cause),
        _ => new AmazonConnectParticipantException(fault.Message, fault.Cause),
    };
}
