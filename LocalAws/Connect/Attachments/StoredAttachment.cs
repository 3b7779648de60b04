namespace LocalAws.Connect.Attachments;

/// <summary>An attachment from the announcement on. Changed under the store's lock only.</summary>
internal sealed class StoredAttachment(Chat chat, string name, string contentType, long size)
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public Chat Chat => chat;

    public string Name => name;

    public string ContentType => contentType;

    public long Size => size;

    /// <summary>Null until its upload is completed.</summary>
    public string? Status { get; set; }

    /// <summary>The client token of its completion, so that a repeat is recognised.</summary>
    public string? CompletedBy { get; set; }

    /// <summary>Where the upload lies until it is completed.</summary>
    public string TemporaryKey => $"temporary/{chat.Id}/{Id}";

    public string Key => $"chat/{chat.Id}/{Id}";

    public ChatAttachment AsShown => new(Id, name, contentType, Status ?? ChatAttachment.InProgress);
}
