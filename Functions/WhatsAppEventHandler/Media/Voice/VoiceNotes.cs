namespace WhatsAppBuffer.WhatsAppEventHandler.Media.Voice;

/// <summary>Media in which a voice note, which WhatsApp has as Ogg and Connect does not take, is a WAV.</summary>
/// <param name="media">Where they are.</param>
internal sealed class VoiceNotes(IMedia media) : IMedia
{
    public async Task<StoredFile?> FindAsync(CustomerFile file, CancellationToken cancellationToken)
    {
        StoredFile? found = await media.FindAsync(file, cancellationToken);
        if (found is null || !file.IsVoiceNote)
        {
            return found;
        }

        return await MeasureAsync(found, cancellationToken) is { } size
            ? new StoredFile(found.Key, size) { IsVoiceNote = true }
            : throw new MediaException(FileWords.NotAttached, "Opus", "NotDecoded");
    }

    public Task FetchAsync(CustomerFile file, CancellationToken cancellationToken) => media.FetchAsync(file, cancellationToken);

    public async Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken)
    {
        Stream stream = await media.OpenAsync(file, cancellationToken);
        return file.IsVoiceNote ? new WaveStream(stream, file.Size) : stream;
    }

    private async Task<long?> MeasureAsync(StoredFile found, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream ogg = await media.OpenAsync(found, cancellationToken);
            return await WaveStream.MeasureAsync(ogg, cancellationToken);
        }
        catch (IOException failure)
        {
            throw new MediaException(null, "GetObject", failure.GetType().Name, failure);
        }
    }
}
