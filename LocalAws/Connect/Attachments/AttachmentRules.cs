using System.Globalization;
using LocalAws.ConnectParticipant;

namespace LocalAws.Connect.Attachments;

/// <summary>What may be attached. Source: Amazon Connect administrator guide, "Feature specifications", and the ConnectParticipant API model.</summary>
internal static class AttachmentRules
{
    private static readonly string[] Extensions =
    [
        ".csv", ".doc", ".docx", ".heic", ".jfif", ".jpeg", ".jpg", ".mov", ".mp4", ".pdf", ".png", ".ppt", ".pptx", ".rtf", ".txt", ".wav", ".xls", ".xlsx",
    ];

    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>.</exception>
    public static void Check(string name, string contentType, long size, ConnectOptions options)
    {
        ParticipantError.Check.Required(name, "attachmentName", 1, 256);
        ParticipantError.Check.Required(contentType, "contentType", 1, 255);
        if (size < 1)
        {
            throw ParticipantError.Check.Violation("attachmentSizeInBytes", "Member must have value greater than or equal to 1");
        }

        if (size > options.MaximumAttachmentBytes)
        {
            throw ParticipantError.Validation(string.Create(
                CultureInfo.InvariantCulture, $"The attachment has {size} bytes; the instance takes {options.MaximumAttachmentBytes} at the most."));
        }

        if (!Extensions.Contains(Path.GetExtension(name).ToLowerInvariant()))
        {
            throw ParticipantError.Validation($"Files of the type '{Path.GetExtension(name)}' cannot be attached; supported are {string.Join(' ', Extensions)}.");
        }
    }
}
