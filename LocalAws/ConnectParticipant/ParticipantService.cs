using LocalAws.Connect;
using LocalAws.Connect.Attachments;
using LocalAws.Endpoint;

namespace LocalAws.ConnectParticipant;

/// <summary>
/// The wire of the participant service: REST-JSON under <c>/participant</c>, its token in <c>X-Amz-Bearer</c>. Requests may be unsigned, or
/// signed for <c>execute-api</c>: nobody looks.
/// </summary>
/// <param name="engine">The customers' side of the chats.</param>
public sealed class ParticipantService(ParticipantEngine engine) : IAwsService
{
    private const string Prefix = "/participant/";
    private const string Refusal = "ValidationException";

    /// <inheritdoc/>
    public string Name => "connectparticipant";

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request) => (request.Method, request.Path) switch
    {
        ("POST", "/participant/connection") => "CreateParticipantConnection",
        ("POST", "/participant/message") => "SendMessage",
        ("POST", "/participant/event") => "SendEvent",
        ("POST", "/participant/start-attachment-upload") => "StartAttachmentUpload",
        ("POST", "/participant/complete-attachment-upload") => "CompleteAttachmentUpload",
        ("POST", "/participant/attachment") => "GetAttachment",
        ("POST", "/participant/transcript") => "GetTranscript",
        ("POST", "/participant/disconnect") => "DisconnectParticipant",
        var (method, path) => path.StartsWith(Prefix, StringComparison.Ordinal) ? $"{method} {path}" : null,
    };

    /// <inheritdoc/>
    public Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken)
    {
        string token = request.Headers["X-Amz-Bearer"].ToString();
        return Task.FromResult(operation switch
        {
            "CreateParticipantConnection" => Connect(token, AwsInput.Read(request, ParticipantJson.Default.CreateParticipantConnectionInput, operation, Refusal)),
            "SendMessage" => SendMessage(token, AwsInput.Read(request, ParticipantJson.Default.SendMessageInput, operation, Refusal)),
            "SendEvent" => SendEvent(token, AwsInput.Read(request, ParticipantJson.Default.SendEventInput, operation, Refusal)),
            "StartAttachmentUpload" => StartUpload(token, request, AwsInput.Read(request, ParticipantJson.Default.StartAttachmentUploadInput, operation, Refusal)),
            "CompleteAttachmentUpload" => CompleteUpload(token, AwsInput.Read(request, ParticipantJson.Default.CompleteAttachmentUploadInput, operation, Refusal)),
            "GetAttachment" => GetAttachment(token, request, AwsInput.Read(request, ParticipantJson.Default.GetAttachmentInput, operation, Refusal)),
            "GetTranscript" => GetTranscript(token, AwsInput.Read(request, ParticipantJson.Default.GetTranscriptInput, operation, Refusal)),
            "DisconnectParticipant" => Disconnect(token, AwsInput.Read(request, ParticipantJson.Default.DisconnectParticipantInput, operation, Refusal)),
            _ => throw new AwsException("UnknownOperationException", $"This local cloud does not imitate {operation} of the participant service.", 404),
        });
    }

    /// <inheritdoc/>
    public AwsResponse ToResponse(AwsException error, AwsRequest request) => AwsJson.RestError(error, "Message");

    private AwsResponse Connect(string token, CreateParticipantConnectionInput input)
    {
        foreach (string type in input.Type ?? [])
        {
            if (type != "CONNECTION_CREDENTIALS")
            {
                throw ParticipantError.Validation($"This local cloud imitates the connection type CONNECTION_CREDENTIALS only, not '{type}'.");
            }
        }

        ConnectionCredentials? credentials = engine.CreateParticipantConnection(token, input.Type is { Count: > 0 }, input.ConnectParticipant) is { } created
            ? new ConnectionCredentials(created.Token, AwsTime.Milliseconds(created.Expiry))
            : null;
        return AwsJson.Write(AwsJson.RestJson, new CreateParticipantConnectionOutput(credentials), ParticipantJson.Default.CreateParticipantConnectionOutput);
    }

    private AwsResponse SendMessage(string token, SendMessageInput input) => Sent(engine.SendMessage(
        token,
        ParticipantError.Check.Required(input.ContentType, "contentType", 1, 100),
        ParticipantError.Check.Required(input.Content, "content"),
        input.ClientToken));

    private AwsResponse SendEvent(string token, SendEventInput input) => Sent(engine.SendEvent(
        token,
        ParticipantError.Check.Required(input.ContentType, "contentType", 1, 100),
        input.Content,
        input.ClientToken));

    private AwsResponse StartUpload(string token, AwsRequest request, StartAttachmentUploadInput input)
    {
        AttachmentUpload upload = engine.StartAttachmentUpload(
            token,
            ParticipantError.Check.Required(input.AttachmentName, "attachmentName"),
            ParticipantError.Check.Required(input.ContentType, "contentType"),
            input.AttachmentSizeInBytes ?? throw ParticipantError.Check.Missing("attachmentSizeInBytes"),
            ParticipantError.Check.Required(input.ClientToken, "clientToken"));
        var metadata = new UploadMetadata(Url(upload.UrlPath, request), AwsTime.Milliseconds(upload.UrlExpiry), upload.HeadersToInclude);
        return AwsJson.Write(AwsJson.RestJson, new StartAttachmentUploadOutput(upload.AttachmentId, metadata), ParticipantJson.Default.StartAttachmentUploadOutput);
    }

    private AwsResponse CompleteUpload(string token, CompleteAttachmentUploadInput input)
    {
        engine.CompleteAttachmentUpload(
            token, ParticipantError.Check.Required(input.AttachmentIds, "attachmentIds"), ParticipantError.Check.Required(input.ClientToken, "clientToken"));
        return AwsResponse.Text(AwsJson.RestJson, "{}");
    }

    private AwsResponse GetAttachment(string token, AwsRequest request, GetAttachmentInput input)
    {
        AttachmentDownload download = engine.GetAttachment(
            token, ParticipantError.Check.Required(input.AttachmentId, "attachmentId", 1, 256), input.UrlExpiryInSeconds);
        var output = new GetAttachmentOutput(Url(download.UrlPath, request), AwsTime.Milliseconds(download.UrlExpiry), download.SizeInBytes);
        return AwsJson.Write(AwsJson.RestJson, output, ParticipantJson.Default.GetAttachmentOutput);
    }

    private AwsResponse GetTranscript(string token, GetTranscriptInput input)
    {
        TranscriptPage page = engine.GetTranscript(
            token,
            new TranscriptQuery(input.MaxResults, input.ScanDirection, input.SortOrder, input.NextToken, input.ContactId)
            {
                StartId = input.StartPosition?.Id,
                StartTime = input.StartPosition?.AbsoluteTime,
                MostRecent = input.StartPosition?.MostRecent,
            });
        var output = new GetTranscriptOutput(page.InitialContactId, [.. page.Items.Select(ItemOutput.Of)], page.NextToken);
        return AwsJson.Write(AwsJson.RestJson, output, ParticipantJson.Default.GetTranscriptOutput);
    }

    private AwsResponse Disconnect(string token, DisconnectParticipantInput input)
    {
        ParticipantError.Check.Optional(input.ClientToken, "clientToken", 0, 500);
        engine.DisconnectParticipant(token);
        return AwsResponse.Text(AwsJson.RestJson, "{}");
    }

    private static string Url(string pathAndQuery, AwsRequest request) => $"http://{request.Headers.Host}{pathAndQuery}";

    private static AwsResponse Sent(TranscriptItem item) =>
        AwsJson.Write(AwsJson.RestJson, new SendOutput(item.Id, item.AbsoluteTime), ParticipantJson.Default.SendOutput);
}
