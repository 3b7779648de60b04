using System.Globalization;
using LocalAws.ConnectParticipant;
using LocalAws.S3;

namespace LocalAws.Connect.Attachments;

/// <summary>
/// The attachments of all chats: announced, uploaded to S3 by a presigned URL, completed, scanned, downloaded. Safe for use by many threads; calls a
/// chat never under its own lock.
/// </summary>
internal sealed class AttachmentStore
{
    public const string Bucket = "amazon-connect-attachments";

    /// <summary>Ours: AWS does not say how long an upload's URL holds, nor a download's when the caller does not.</summary>
    private static readonly TimeSpan UrlLife = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredAttachment> _byId = [];
    private readonly Dictionary<(string ContactId, string ClientToken), StoredAttachment> _byClientToken = [];
    private readonly S3Engine _s3;
    private readonly ConnectOptions _options;
    private readonly ConnectCounters _counters;
    private readonly TimeProvider _time;

    public AttachmentStore(S3Engine s3, ConnectOptions options, ConnectCounters counters, TimeProvider time)
    {
        (_s3, _options, _counters, _time) = (s3, options, counters, time);
        s3.CreateBucket(Bucket);
    }

    /// <summary>Announces an attachment; a repeated client token answers the same one.</summary>
    public AttachmentUpload Start(Chat chat, string name, string contentType, long size, string clientToken)
    {
        AttachmentRules.Check(name, contentType, size, _options);
        StoredAttachment attachment;
        lock (_lock)
        {
            if (!_byClientToken.TryGetValue((chat.Id, clientToken), out attachment!))
            {
                if (_byId.Values.Count(a => a.Chat == chat) >= _options.AttachmentsPerChat)
                {
                    throw ParticipantError.AttachmentQuotaExceeded(_options.AttachmentsPerChat);
                }

                attachment = new StoredAttachment(chat, name, contentType, size);
                _byId.Add(attachment.Id, attachment);
                _byClientToken.Add((chat.Id, clientToken), attachment);
            }
        }

        DateTimeOffset expiry = _time.GetUtcNow() + UrlLife;
        var headers = HeadersOf(attachment);
        return new AttachmentUpload(attachment.Id, Sign("PUT", attachment.TemporaryKey, expiry, headers), expiry, headers);
    }

    /// <summary>Puts an uploaded attachment into its chat, once.</summary>
    /// <returns>False when the chat has ended.</returns>
    public bool Complete(Chat chat, string attachmentId, string clientToken)
    {
        StoredAttachment attachment = Find(chat, attachmentId);
        lock (_lock)
        {
            if (attachment.CompletedBy == clientToken)
            {
                return true;
            }

            if (attachment.CompletedBy is not null)
            {
                throw ParticipantError.Conflict($"Attachment {attachmentId} has been completed before.");
            }

            Move(attachment);
            attachment.CompletedBy = clientToken;
            attachment.Status = _options.AttachmentScan is null ? ChatAttachment.Approved : ChatAttachment.InProgress;
        }

        return Show(attachment, chat.Customer, ref _counters.MessagesIn);
    }

    /// <summary>Puts an agent's file into a chat.</summary>
    /// <returns>False when the chat has ended.</returns>
    public bool AddFromAgent(Chat chat, string displayName, string name, string contentType, ReadOnlyMemory<byte> content)
    {
        AttachmentRules.Check(name, contentType, content.Length, _options);
        var attachment = new StoredAttachment(chat, name, contentType, content.Length)
        {
            Status = _options.AttachmentScan is null ? ChatAttachment.Approved : ChatAttachment.InProgress,
        };
        _s3.PutObject(Bucket, attachment.Key, content, contentType);
        lock (_lock)
        {
            _byId.Add(attachment.Id, attachment);
        }

        return chat.JoinAgent(displayName) is { } agent && Show(attachment, agent, ref _counters.MessagesOut);
    }

    /// <summary>Signs a URL to download an approved attachment.</summary>
    public AttachmentDownload Get(Chat chat, string attachmentId, int? urlExpiryInSeconds)
    {
        ParticipantError.Check.Range(urlExpiryInSeconds, "urlExpiryInSeconds", 5, 300);
        StoredAttachment attachment = Find(chat, attachmentId);
        if (attachment.Status != ChatAttachment.Approved)
        {
            throw ParticipantError.Validation($"Attachment {attachmentId} is {attachment.Status ?? "not uploaded yet"}; only approved ones can be downloaded.");
        }

        DateTimeOffset expiry = _time.GetUtcNow() + (urlExpiryInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : UrlLife);
        return new AttachmentDownload(Sign("GET", attachment.Key, expiry, new Dictionary<string, string>()), expiry, attachment.Size);
    }

    /// <summary>The content of a completed attachment; null when there is none of that id.</summary>
    public ReadOnlyMemory<byte>? Read(string attachmentId)
    {
        lock (_lock)
        {
            // Spelt out, because a bare null would become an empty content.
            return _byId.GetValueOrDefault(attachmentId) is { Status: not null } attachment ? _s3.GetObject(Bucket, attachment.Key).Content : default(ReadOnlyMemory<byte>?);
        }
    }

    /// <summary>Forgets a chat's attachments and their content.</summary>
    public void Forget(Chat chat) => Forget(attachment => attachment.Chat == chat);

    /// <summary>Forgets all attachments and their content.</summary>
    public void Clear() => Forget(_ => true);

    private void Forget(Predicate<StoredAttachment> isMeant)
    {
        lock (_lock)
        {
            foreach (StoredAttachment attachment in _byId.Values.Where(attachment => isMeant(attachment)).ToArray())
            {
                _s3.DeleteObject(Bucket, attachment.TemporaryKey);
                _s3.DeleteObject(Bucket, attachment.Key);
                _byId.Remove(attachment.Id);
            }

            foreach ((var token, _) in _byClientToken.Where(announced => isMeant(announced.Value)).ToArray())
            {
                _byClientToken.Remove(token);
            }
        }
    }

    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: nothing was uploaded. S3 itself has refused what is not as announced.</exception>
    private void Move(StoredAttachment attachment)
    {
        if (!_s3.TryGetObject(Bucket, attachment.TemporaryKey, out S3Object? uploaded))
        {
            throw ParticipantError.Validation($"Attachment {attachment.Id} has not been uploaded: PUT it to the URL that StartAttachmentUpload answered.");
        }

        _s3.PutObject(Bucket, attachment.Key, uploaded.Content, uploaded.ContentType, uploaded.Headers);
        _s3.DeleteObject(Bucket, attachment.TemporaryKey);
    }

    /// <summary>A file in a chat is a chat message, and billed as one.</summary>
    private bool Show(StoredAttachment attachment, Participant by, ref long messages)
    {
        if (attachment.Chat.AddAttachment(by, attachment.AsShown) is not { } item)
        {
            return false;
        }

        Interlocked.Increment(ref messages);
        if (_options.AttachmentScan is { } scan)
        {
            _ = ScanAsync(attachment, item.Id, scan);
        }

        return true;
    }

    private async Task ScanAsync(StoredAttachment attachment, string itemId, AttachmentScan scan)
    {
        await Task.Delay(scan.Duration, _time);
        if (Read(attachment.Id) is { } content)
        {
            bool isClean = scan.IsClean(attachment.Name, content);
            lock (_lock)
            {
                attachment.Status = isClean ? ChatAttachment.Approved : ChatAttachment.Rejected;
            }

            attachment.Chat.UpdateAttachment(itemId, attachment.AsShown);
        }
    }

    private StoredAttachment Find(Chat chat, string attachmentId)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(attachmentId) is { } found && found.Chat == chat
                ? found
                : throw ParticipantError.Validation($"Attachment {attachmentId} does not belong to this chat.");
        }
    }

    private string Sign(string method, string key, DateTimeOffset expiry, IReadOnlyDictionary<string, string> headers) =>
        _s3.Presigned.Sign(new PresignedUrls.Grant(method, Bucket, key, expiry) { Headers = headers }, _s3.Account.Region);

    /// <summary>As AWS was seen to ask for (amazon-connect/amazon-connect-streams, issue 712).</summary>
    private Dictionary<string, string> HeadersOf(StoredAttachment attachment) => new()
    {
        ["Content-Type"] = attachment.ContentType,
        ["Content-Length"] = attachment.Size.ToString(CultureInfo.InvariantCulture),
        ["Content-Disposition"] = $"attachment; filename=\"{Uri.EscapeDataString(attachment.Name)}\"",
        ["x-amz-acl"] = "bucket-owner-full-control",
        ["x-amz-meta-account_id"] = _s3.Account.Id,
        ["x-amz-meta-organization_id"] = attachment.Chat.Request.InstanceId,
        ["x-amz-meta-contact_id"] = attachment.Chat.Id,
        ["x-amz-meta-initial_contact_id"] = attachment.Chat.Id,
    };
}
