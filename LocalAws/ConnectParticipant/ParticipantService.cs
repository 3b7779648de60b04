using LocalAws.Connect;
using LocalAws.Connect.Attachments;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.ConnectParticipant;

/// <summary>
/// The wire of the participant service: REST-JSON under <c>/participant</c>, its input.ConnectionToken in <c>X-Amz-Bearer</c>. Requests may be unsigned, or
/// signed for <c>execute-api</c>: nobody looks.
/// </summary>
/// <param name="engine">The customers' side of the chats.</param>
public sealed class ParticipantService(ParticipantEngine engine) : AwsService("connectparticipant", Protocol)
{
    private const string Token = " ConnectionToken=X-Amz-Bearer";
    private static readonly RestJsonProtocol Protocol = new("execute-api", "/participant/")
    {
        Service = "the participant service",
        Refusal = "ValidationException",
        MessageMember = "Message",
    };

    private protected override IReadOnlyList<AwsOperation> Table =>
    [
        Protocol.Of($"CreateParticipantConnection POST /participant/connection{Token}", Shape.CreateParticipantConnectionInput, Shape.CreateParticipantConnectionOutput, Connect),
        Protocol.Of($"SendMessage POST /participant/message{Token}", Shape.SendMessageInput, Shape.SendOutput, SendMessage),
        Protocol.Of($"SendEvent POST /participant/event{Token}", Shape.SendEventInput, Shape.SendOutput, SendEvent),
        Protocol.Of($"StartAttachmentUpload POST /participant/start-attachment-upload{Token}", Shape.StartAttachmentUploadInput, Shape.StartAttachmentUploadOutput, StartUpload),
        Protocol.Of($"CompleteAttachmentUpload POST /participant/complete-attachment-upload{Token}", Shape.CompleteAttachmentUploadInput, CompleteUpload),
        Protocol.Of($"GetAttachment POST /participant/attachment{Token}", Shape.GetAttachmentInput, Shape.GetAttachmentOutput, GetAttachment),
        Protocol.Of($"GetTranscript POST /participant/transcript{Token}", Shape.GetTranscriptInput, Shape.GetTranscriptOutput, GetTranscript),
        Protocol.Of($"DisconnectParticipant POST /participant/disconnect{Token}", Shape.DisconnectParticipantInput, Disconnect),
    ];

    private static ParticipantJson Shape => ParticipantJson.Default;

    private CreateParticipantConnectionOutput Connect(CreateParticipantConnectionInput input)
    {
        foreach (string type in input.Type ?? [])
        {
            if (type != "CONNECTION_CREDENTIALS")
            {
                throw ParticipantError.Validation($"This local cloud imitates the connection type CONNECTION_CREDENTIALS only, not '{type}'.");
            }
        }

        ConnectionCredentials? credentials = engine.CreateParticipantConnection(input.ConnectionToken, input.Type is { Count: > 0 }, input.ConnectParticipant) is { } created
            ? new ConnectionCredentials(created.Token, AwsTime.Milliseconds(created.Expiry))
            : null;
        return new CreateParticipantConnectionOutput(credentials);
    }

    private SendOutput SendMessage(SendMessageInput input) => Sent(engine.SendMessage(
        input.ConnectionToken,
        ParticipantError.Check.Required(input.ContentType, "contentType", 1, 100),
        ParticipantError.Check.Required(input.Content, "content"),
        input.ClientToken));

    private SendOutput SendEvent(SendEventInput input) => Sent(engine.SendEvent(
        input.ConnectionToken,
        ParticipantError.Check.Required(input.ContentType, "contentType", 1, 100),
        input.Content,
        input.ClientToken));

    private StartAttachmentUploadOutput StartUpload(StartAttachmentUploadInput input, AwsRequest request)
    {
        AttachmentUpload upload = engine.StartAttachmentUpload(
            input.ConnectionToken,
            ParticipantError.Check.Required(input.AttachmentName, "attachmentName"),
            ParticipantError.Check.Required(input.ContentType, "contentType"),
            input.AttachmentSizeInBytes ?? throw ParticipantError.Check.Missing("attachmentSizeInBytes"),
            ParticipantError.Check.Required(input.ClientToken, "clientToken"));
        var metadata = new UploadMetadata(Url(upload.UrlPath, request), AwsTime.Milliseconds(upload.UrlExpiry), upload.HeadersToInclude);
        return new StartAttachmentUploadOutput(upload.AttachmentId, metadata);
    }

    private void CompleteUpload(CompleteAttachmentUploadInput input) => engine.CompleteAttachmentUpload(
        input.ConnectionToken, ParticipantError.Check.Required(input.AttachmentIds, "attachmentIds"), ParticipantError.Check.Required(input.ClientToken, "clientToken"));

    private GetAttachmentOutput GetAttachment(GetAttachmentInput input, AwsRequest request)
    {
        AttachmentDownload download = engine.GetAttachment(
            input.ConnectionToken, ParticipantError.Check.Required(input.AttachmentId, "attachmentId", 1, 256), input.UrlExpiryInSeconds);
        return new GetAttachmentOutput(Url(download.UrlPath, request), AwsTime.Milliseconds(download.UrlExpiry), download.SizeInBytes);
    }

    private GetTranscriptOutput GetTranscript(GetTranscriptInput input)
    {
        TranscriptPage page = engine.GetTranscript(
            input.ConnectionToken,
            new TranscriptQuery(input.MaxResults, input.ScanDirection, input.SortOrder, input.NextToken, input.ContactId)
            {
                StartId = input.StartPosition?.Id,
                StartTime = input.StartPosition?.AbsoluteTime,
                MostRecent = input.StartPosition?.MostRecent,
            });
        return new GetTranscriptOutput(page.InitialContactId, [.. page.Items.Select(ItemOutput.Of)], page.NextToken);
    }

    private void Disconnect(DisconnectParticipantInput input)
    {
        ParticipantError.Check.Optional(input.ClientToken, "clientToken", 0, 500);
        engine.DisconnectParticipant(input.ConnectionToken);
    }

    private static string Url(string pathAndQuery, AwsRequest request) => $"http://{request.Headers.Host}{pathAndQuery}";

    private static SendOutput Sent(TranscriptItem item) => new(item.Id, item.AbsoluteTime);
}
