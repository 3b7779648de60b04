namespace WhatsAppBuffer.WhatsAppEventHandler.Media;

/// <summary>Why an agent reads a line where a file should be.</summary>
internal enum FileWords
{
    /// <summary>It has not come yet; it follows.</summary>
    Follows,

    /// <summary>WhatsApp no longer has it.</summary>
    Gone,

    /// <summary>It cannot be fetched from WhatsApp.</summary>
    NotFetched,

    /// <summary>Connect does not take it: its type, its size, or any file at all; or it is a voice note that cannot be decoded.</summary>
    NotAttached,

    /// <summary>Connect takes no more files in this chat.</summary>
    TooMany,
}

/// <summary>What has become of fetching a file.</summary>
/// <param name="Stored">Where it is; null when it is not to be had, or not yet.</param>
/// <param name="Words">Why it is not there; <see cref="FileWords.Follows"/> when it may still come.</param>
internal sealed record FileState(StoredFile? Stored, FileWords Words)
{
    /// <summary>It may still come.</summary>
    public static FileState Late { get; } = new(null, FileWords.Follows);
}

/// <summary>A file in the bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Size">In bytes.</param>
internal sealed record StoredFile(string Key, long Size)
{
    /// <summary>Whether it is a voice note, and <see cref="Size"/> that of its WAV.</summary>
    public bool IsVoiceNote { get; init; }
}
