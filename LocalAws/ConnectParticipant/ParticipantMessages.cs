using System.Text.Json.Serialization;
using LocalAws.Connect;

namespace LocalAws.ConnectParticipant;

internal sealed record CreateParticipantConnectionInput(IReadOnlyList<string>? Type, bool ConnectParticipant = false, string ConnectionToken = "");

internal sealed record CreateParticipantConnectionOutput(ConnectionCredentials? ConnectionCredentials);

internal sealed record ConnectionCredentials(string ConnectionToken, string Expiry);

internal sealed record SendMessageInput(string? ContentType, string? Content, string? ClientToken, string ConnectionToken = "");

internal sealed record SendEventInput(string? ContentType, string? Content, string? ClientToken, string ConnectionToken = "");

internal sealed record SendOutput(string Id, string AbsoluteTime);

internal sealed record StartAttachmentUploadInput(string? AttachmentName, string? ContentType, long? AttachmentSizeInBytes, string? ClientToken, string ConnectionToken = "");

internal sealed record StartAttachmentUploadOutput(string AttachmentId, UploadMetadata UploadMetadata);

internal sealed record UploadMetadata(string Url, string UrlExpiry, IReadOnlyDictionary<string, string> HeadersToInclude);

internal sealed record CompleteAttachmentUploadInput(IReadOnlyList<string>? AttachmentIds, string? ClientToken, string ConnectionToken = "");

internal sealed record GetAttachmentInput(string? AttachmentId, int? UrlExpiryInSeconds, string ConnectionToken = "");

internal sealed record GetAttachmentOutput(string Url, string UrlExpiry, long AttachmentSizeInBytes);

internal sealed record GetTranscriptInput(
    string? ContactId, int? MaxResults, string? NextToken, string? ScanDirection, string? SortOrder, StartPositionInput? StartPosition, string ConnectionToken = "");

internal sealed record StartPositionInput(string? Id, DateTimeOffset? AbsoluteTime, int? MostRecent);

internal sealed record GetTranscriptOutput(string InitialContactId, IReadOnlyList<ItemOutput> Transcript, string? NextToken);

internal sealed record ItemOutput(
    string Id,
    string AbsoluteTime,
    string Type,
    string? ContentType,
    string? Content,
    IReadOnlyList<AttachmentOutput>? Attachments,
    string? ParticipantId,
    string? DisplayName,
    string? ParticipantRole,
    string ContactId)
{
    public static ItemOutput Of(TranscriptItem item) => new(
        item.Id,
        item.AbsoluteTime,
        item.Type,
        item.Attachments.Count == 0 ? item.ContentType : null,
        item.Content,
        item.Attachments.Count == 0 ? null : [.. item.Attachments.Select(a => new AttachmentOutput(a.ContentType, a.Id, a.Name, a.Status))],
        item.Participant?.Id,
        item.Participant?.DisplayName,
        item.Participant?.Role,
        item.ContactId);
}

internal sealed record AttachmentOutput(string ContentType, string AttachmentId, string AttachmentName, string Status);

internal sealed record DisconnectParticipantInput(string? ClientToken, string ConnectionToken = "");

[JsonSerializable(typeof(CreateParticipantConnectionInput))]
[JsonSerializable(typeof(CreateParticipantConnectionOutput))]
[JsonSerializable(typeof(SendMessageInput))]
[JsonSerializable(typeof(SendEventInput))]
[JsonSerializable(typeof(SendOutput))]
[JsonSerializable(typeof(StartAttachmentUploadInput))]
[JsonSerializable(typeof(StartAttachmentUploadOutput))]
[JsonSerializable(typeof(CompleteAttachmentUploadInput))]
[JsonSerializable(typeof(GetAttachmentInput))]
[JsonSerializable(typeof(GetAttachmentOutput))]
[JsonSerializable(typeof(GetTranscriptInput))]
[JsonSerializable(typeof(GetTranscriptOutput))]
[JsonSerializable(typeof(DisconnectParticipantInput))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ParticipantJson : JsonSerializerContext;
