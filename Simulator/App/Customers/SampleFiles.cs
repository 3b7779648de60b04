using System.Text;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>Small files of each kind, for customers who only say what kind they want to send.</summary>
internal static class SampleFiles
{
    private const string Page = """
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj
        trailer<</Root 1 0 R>>
        %%EOF
        """;

    /// <summary>A file.</summary>
    /// <param name="type">WhatsApp's type of the message.</param>
    /// <returns>Null for a type that is no file.</returns>
    public static SampleFile? Of(string type) => type switch
    {
        "image" => new("image/png", Read("hat.png")),
        "document" => new("application/pdf", Encoding.ASCII.GetBytes(Page)),
        "video" => new("video/mp4", [0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 0, 0]),
        "audio" => new("audio/ogg; codecs=opus", Read("voice-note.ogg")),
        "sticker" => new("image/webp", [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBP"u8]),
        _ => null,
    };

    /// <summary>What agents have to attach.</summary>
    public static IReadOnlyList<string> OfAgents { get; } = ["image", "document", "video", "audio"];

    /// <summary>A file of an agent's: of a type that Amazon Connect takes.</summary>
    /// <param name="type">One of <see cref="OfAgents"/>.</param>
    /// <returns>Null for another.</returns>
    public static SampleFile? OfAgent(string type) => !OfAgents.Contains(type) ? null
        : type == "audio" ? new("audio/wav", [.. "RIFF"u8, 36, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 128, 62, 0, 0, 0, 125, 0, 0, 2, 0, 16, 0, .. "data"u8, 0, 0, 0, 0]) { Name = "audio.wav" }
        : Of(type)! with { Name = type switch { "image" => "image.png", "video" => "video.mp4", _ => "document.pdf" } };

    private static byte[] Read(string name)
    {
        using Stream resource = typeof(SampleFiles).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>A file.</summary>
/// <param name="MimeType">Its type.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record SampleFile(string MimeType, byte[] Content)
{
    /// <summary>What an agent sees it called; of a customer's file WhatsApp tells no name but a document's.</summary>
    public string Name { get; init; } = "";
}
