using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LocalAws.Endpoint;
using LocalAws.S3;
using LocalAws.SocialMessaging.Media;

namespace LocalAws.SocialMessaging;

/// <summary>End User Messaging Social: WhatsApp's way from the business to its customers. Safe for use by many threads.</summary>
/// <param name="account">The account that owns the numbers.</param>
/// <param name="time">The cloud's clock.</param>
/// <param name="s3">The account's buckets, for media; none when null.</param>
public sealed partial class SocialMessagingEngine(AwsAccount account, TimeProvider time, S3Engine? s3 = null)
{
    private const int MaxMessageBytes = 2_048_000;
    private const int MaxPhoneNumberId = 115;
    private const int RememberedMessages = 50_000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _phoneNumberIds = new(StringComparer.Ordinal);
    private readonly Queue<SentMessage> _sent = [];
    private readonly MediaLibrary _media = new(time);
    private readonly MediaStorage _storage = new(s3 ?? new S3Engine(account, time));
    private long _sentCount;

    /// <summary>Raised after each message; handlers must be quick and must not throw.</summary>
    public event Action<SentMessage>? MessageSent;

    /// <summary>Through this the events are raised.</summary>
    internal Observers Observers { get; init; } = new();

    /// <summary>How many messages were sent.</summary>
    public long SentCount => Interlocked.Read(ref _sentCount);

    /// <summary>What was sent, oldest first: the newest 50,000 messages.</summary>
    public IReadOnlyList<SentMessage> SentMessages
    {
        get
        {
            lock (_lock)
            {
                return [.. _sent];
            }
        }
    }

    /// <summary>Forgets what was sent, and all media; numbers stay.</summary>
    public void Clear()
    {
        _media.Clear();
        lock (_lock)
        {
            _sent.Clear();
            _sentCount = 0;
        }
    }

    /// <summary>Registers a number of the business.</summary>
    /// <param name="phoneNumberId">Its id: hexadecimal, with or without the prefix <c>phone-number-id-</c>, or its ARN.</param>
    public void AddPhoneNumber(string phoneNumberId)
    {
        lock (_lock)
        {
            _phoneNumberIds.Add(PlainId(phoneNumberId) ?? phoneNumberId);
        }
    }

    /// <summary>What was sent to one customer, oldest first; read receipts name no customer and are not among it.</summary>
    /// <param name="customer">Phone number (with or without plus sign) or user id.</param>
    public IReadOnlyList<SentMessage> SentTo(string customer) => [.. SentMessages.Where(m => m.IsTo(customer))];

    /// <summary>Sends a message, and answers End User Messaging's id for it.</summary>
    /// <param name="originationPhoneNumberId">The business number: <c>phone-number-id-…</c> or ARN, at most 115 characters.</param>
    /// <param name="message">JSON in Meta's form, 1 to 2,048,000 bytes.</param>
    /// <param name="metaApiVersion">Such as <c>v23.0</c>.</param>
    /// <exception cref="AwsException"><c>ValidationException</c>, <c>InvalidParametersException</c> or <c>ResourceNotFoundException</c> (404).</exception>
    public string SendWhatsAppMessage(string originationPhoneNumberId, ReadOnlyMemory<byte> message, string metaApiVersion)
    {
        SocialMessagingError.Check.Range(message.Length, "message", 1, MaxMessageBytes, "have length");
        if (!ApiVersion.IsMatch(metaApiVersion))
        {
            throw SocialMessagingError.Validation("metaApiVersion must be a version of Meta's API, such as v23.0.");
        }

        string number = Find(originationPhoneNumberId);
        WhatsAppMessage parsed = WhatsAppMessage.Parse(message);
        var sent = new SentMessage(
            Guid.NewGuid().ToString(),
            "wamid." + Convert.ToBase64String(RandomNumberGenerator.GetBytes(36)),
            number,
            parsed.To,
            parsed.Type,
            parsed.About,
            parsed.Text,
            Encoding.UTF8.GetString(message.Span),
            time.GetUtcNow())
        { CallbackData = parsed.CallbackData };
        lock (_lock)
        {
            _sent.Enqueue(sent);
            _sentCount++;
            if (_sent.Count > RememberedMessages)
            {
                _sent.Dequeue();
            }
        }

        Observers.Tell(MessageSent, observer => observer(sent));
        return sent.MessageId;
    }

    private string Find(string originationPhoneNumberId)
    {
        SocialMessagingError.Check.Required(originationPhoneNumberId, "originationPhoneNumberId", 1, MaxPhoneNumberId);
        string id = PlainId(originationPhoneNumberId)
            ?? throw SocialMessagingError.Validation("originationPhoneNumberId must be phone-number-id-… or the ARN of a phone number.");
        bool isOurs = !originationPhoneNumberId.StartsWith("arn:", StringComparison.Ordinal)
            || originationPhoneNumberId == account.Arn("social-messaging", $"phone-number-id/{id}");
        lock (_lock)
        {
            return isOurs && _phoneNumberIds.Contains(id) ? id : throw SocialMessagingError.NotFound($"There is no phone number {originationPhoneNumberId}.");
        }
    }

    private static string? PlainId(string phoneNumberId) => PhoneNumberId.Match(phoneNumberId) is { Success: true } match ? match.Groups["id"].Value : null;

    [GeneratedRegex("^(phone-number-id-|arn:.*:phone-number-id/)(?<id>[0-9a-zA-Z]+)$")]
    private static partial Regex PhoneNumberId { get; }

    [GeneratedRegex(@"^v\d{1,3}\.\d$")]
    private static partial Regex ApiVersion { get; }
}
