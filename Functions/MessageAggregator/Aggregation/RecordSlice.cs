using WhatsAppBuffer.Contracts.Joining;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>Where the parts of one INSERT record that aggregation looks at lie in the event; nothing is copied out of it.</summary>
internal struct RecordSlice
{
    /// <summary>Stands for a timestamp that is missing or no number.</summary>
    public const long NoTimestamp = -1;

    /// <summary>All of it, as the event spells it.</summary>
    public Utf8Slice Record;

    public Utf8Slice SequenceNumber;
    public Utf8Slice Image;
    public Utf8Slice Customer;
    public Utf8Slice PhoneNumberId;
    public Utf8Slice Id;
    public Utf8Slice TraceParent;

    /// <summary>When End User Messaging got the message, in a form that compares as bytes; empty when absent.</summary>
    public Utf8Slice ReceivedAt;

    // Attribute values that the events of a conversation show once, beside its messages; empty when absent.
    public Utf8Slice Metadata;
    public Utf8Slice Header;
    public Utf8Slice MessagingProduct;
    public Utf8Slice Field;
    public Utf8Slice Contact;

    // Who wrote it, where that is not the conversation's customer: in a group. Attribute values, to be compared as they are spelt.
    public Utf8Slice FromUserId;
    public Utf8Slice FromPhoneNumber;

    /// <summary><c>text.body</c> as the event spells it, JSON escapes and all, without its quotes.</summary>
    public Utf8Slice EscapedBody;

    /// <summary>When the stream had the record, in seconds since 1970; 0 when the record does not say.</summary>
    public long CreatedAt;

    /// <summary>WhatsApp's, in seconds, or <see cref="NoTimestamp"/>.</summary>
    public long Timestamp;

    public MessageTraits Traits;

    public readonly bool IsOfGroup => (Traits & MessageTraits.Group) != 0;

    /// <summary>Empty outside groups.</summary>
    public readonly Utf8Slice Writer => !IsOfGroup ? default : FromUserId.Length > 0 ? FromUserId : FromPhoneNumber;

    /// <summary>Whether it is no message but keeps the place of one that is stored under another key of the same person's.</summary>
    public bool IsStoredElsewhere;

    /// <summary>Whether the customer edits or deletes something with it.</summary>
    public bool IsCorrection;

    public readonly bool IsText => JoiningRule.IsText(Traits);

    /// <summary>Upper bound of what the message's fields take in an aggregate, its text aside.</summary>
    public readonly int FieldBytes => Image.Length - EscapedBody.Length;
}
