using WhatsAppBuffer.WhatsAppEventHandler.Media;

namespace WhatsAppBuffer.WhatsAppEventHandler.Outbox;

/// <summary>What was decided about the file that is the next part of an aggregate, so that whoever goes on does the same and not something beside it.</summary>
/// <param name="Part">The part's number.</param>
/// <param name="Attachment">It is uploaded, and is or will be completed; null when it stands in words.</param>
/// <param name="Words">Why it stands in words; null when it is attached.</param>
internal sealed record FileNote(string Part, UploadedAttachment? Attachment, FileWords? Words)
{
    private const char Separator = ' ';

    private string? _text;

    /// <summary>As it is stored: AWS's ids have no blanks.</summary>
    public string ToText() => _text ?? (Attachment is { } attachment
        ? string.Join(Separator, Part, attachment.ContactId, attachment.AttachmentId)
        : string.Join(Separator, Part, Words!.Value));

    /// <returns>One that is about no part, when it is another version's.</returns>
    public static FileNote Parse(string text) => text.Split(Separator) switch
    {
        [var part, var words] when Enum.TryParse(words, out FileWords why) => new FileNote(part, null, why),
        [var part, var contactId, var attachmentId] => new FileNote(part, new UploadedAttachment(contactId, attachmentId), null),
        _ => new FileNote("", null, null) { _text = text },
    };
}

/// <summary>A file that Connect has, and that is in a chat when its upload is completed.</summary>
/// <param name="ContactId">Whose.</param>
/// <param name="AttachmentId">Connect's id of it.</param>
internal sealed record UploadedAttachment(string ContactId, string AttachmentId);
