using System.Text;
using WhatsAppBuffer.WhatsAppEventHandler.Media;

namespace WhatsAppEventHandler.Tests.World;

/// <summary>WhatsApp's files and the bucket, as far as the handler uses them. A file's bytes are its media id.</summary>
internal sealed class FakeMedia
{
    /// <summary>What is in the bucket: media ids by prefix.</summary>
    public Dictionary<string, string> Bucket { get; } = [];

    /// <summary>Every fetch so far.</summary>
    public List<string> Fetched { get; } = [];

    /// <summary>Lets fetching a media id fail.</summary>
    public Func<string, MediaException?> Fail { get; set; } = _ => null;

    public StoredFile? Find(string prefix) => Bucket.TryGetValue(prefix, out string? mediaId) ? new StoredFile($"{prefix}{mediaId}.jpeg", mediaId.Length) : null;

    public void Fetch(CustomerFile file)
    {
        if (Fail(file.MediaId!) is { } failure)
        {
            throw failure;
        }

        Fetched.Add(file.MediaId!);
        Bucket[file.Prefix] = file.MediaId!;
    }

    public Stream Open(StoredFile file) => new MemoryStream(Encoding.UTF8.GetBytes(Bucket[file.Key[..(file.Key.LastIndexOf('/') + 1)]]));

    public static MediaException Throttled(string operation) => new(null, operation, "ThrottledRequestException");

    public static MediaException Gone() => new(FileWords.Gone, "GetWhatsAppMessageMedia", "ResourceNotFoundException");
}
