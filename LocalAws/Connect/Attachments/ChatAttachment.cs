namespace LocalAws.Connect.Attachments;

/// <summary>A file in a chat, as the transcript shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The file's name.</param>
/// <param name="ContentType">Its type, such as <c>image/png</c>.</param>
/// <param name="Status"><c>APPROVED</c>; or, where attachments are scanned, <c>IN_PROGRESS</c> and then <c>APPROVED</c> or <c>REJECTED</c>.</param>
public sealed record ChatAttachment(string Id, string Name, string ContentType, string Status)
{
    internal const string Approved = "APPROVED";
    internal const string Rejected = "REJECTED";
    internal const string InProgress = "IN_PROGRESS";
}

/// <summary>The scan that every attachment must pass before others may download it; on AWS a function of the customer's own.</summary>
/// <param name="Duration">How long it takes, on the cloud's clock.</param>
/// <param name="IsClean">Whether a file, by name and content, is approved; must not throw.</param>
public sealed record AttachmentScan(TimeSpan Duration, Func<string, ReadOnlyMemory<byte>, bool> IsClean);

/// <summary>Where an attachment is to be uploaded to.</summary>
/// <param name="AttachmentId">Its id.</param>
/// <param name="UrlPath">Path and query of the URL for a <c>PUT</c>.</param>
/// <param name="UrlExpiry">Until when the URL holds.</param>
/// <param name="HeadersToInclude">Headers that the upload must carry with these values.</param>
public sealed record AttachmentUpload(string AttachmentId, string UrlPath, DateTimeOffset UrlExpiry, IReadOnlyDictionary<string, string> HeadersToInclude);

/// <summary>Where an attachment can be downloaded.</summary>
/// <param name="UrlPath">Path and query of the URL for a <c>GET</c>.</param>
/// <param name="UrlExpiry">Until when the URL holds.</param>
/// <param name="SizeInBytes">Its size.</param>
public sealed record AttachmentDownload(string UrlPath, DateTimeOffset UrlExpiry, long SizeInBytes);
