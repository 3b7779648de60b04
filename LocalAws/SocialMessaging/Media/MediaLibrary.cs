using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using LocalAws.Endpoint;

namespace LocalAws.SocialMessaging.Media;

/// <summary>The files that WhatsApp keeps. Safe for use by many threads.</summary>
internal sealed partial class MediaLibrary(TimeProvider time)
{
    /// <summary>What the business uploads is kept for 30 days. Source: End User Messaging Social user guide, "sending a media message".</summary>
    public static readonly TimeSpan UploadLife = TimeSpan.FromDays(30);

    /// <summary>What a customer sent is kept for 7 days. Source: Meta, "Media"; not confirmed by AWS.</summary>
    public static readonly TimeSpan ReceivedLife = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, WhatsAppMedia> _byId = new(StringComparer.Ordinal);

    /// <summary>Keeps a file, and answers its id.</summary>
    /// <exception cref="AwsException"><c>InvalidParametersException</c>: WhatsApp does not take such files, or none so large.</exception>
    public string Add(string phoneNumberId, string mimeType, ReadOnlyMemory<byte> content, TimeSpan life)
    {
        _ = MediaKind.For(mimeType, content.Length);
        ForgetExpired();
        string id = $"{RandomNumberGenerator.GetInt32(1_000_000, 10_000_000)}{RandomNumberGenerator.GetInt32(100_000_000, 1_000_000_000)}";
        _byId[id] = new WhatsAppMedia(id, phoneNumberId, mimeType, content, time.GetUtcNow() + life);
        return id;
    }

    /// <exception cref="AwsException">
    /// <c>ValidationException</c>; <c>ResourceNotFoundException</c> (404): there is none, or no longer; <c>AccessDeniedByMetaException</c> (403): it is another number's.
    /// </exception>
    public WhatsAppMedia Get(string mediaId, string phoneNumberId)
    {
        SocialMessagingError.Check.Required(mediaId, "mediaId", 1, 100);
        if (!MediaId.IsMatch(mediaId))
        {
            throw SocialMessagingError.Check.Violation("mediaId", "Member must satisfy regular expression pattern: [A-Za-z0-9]+");
        }

        if (!_byId.TryGetValue(mediaId, out WhatsAppMedia? media) || media.ExpiresAt <= time.GetUtcNow())
        {
            throw SocialMessagingError.NotFound($"There is no media {mediaId}: it never was, was deleted or has expired.");
        }

        return media.PhoneNumberId == phoneNumberId ? media : throw SocialMessagingError.AccessDeniedByMeta($"Media {mediaId} belongs to another phone number.");
    }

    /// <summary>The file of an id, whichever number's; null when there is none.</summary>
    public WhatsAppMedia? Find(string mediaId) => _byId.GetValueOrDefault(mediaId);

    public void Delete(WhatsAppMedia media) => _byId.TryRemove(media.Id, out _);

    public void Clear() => _byId.Clear();

    /// <summary>Files of up to 100 MB must not pile up in a cloud that runs for weeks of its own time.</summary>
    private void ForgetExpired()
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach ((string id, WhatsAppMedia media) in _byId)
        {
            _ = media.ExpiresAt <= now && _byId.TryRemove(id, out _);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9]+$")]
    private static partial Regex MediaId { get; }
}
