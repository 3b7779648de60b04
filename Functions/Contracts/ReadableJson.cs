using System.Text.Encodings.Web;
using System.Text.Json;

namespace WhatsAppBuffer.Contracts;

/// <summary>JSON with letters of every script as themselves: a third of the bytes of their escapes.</summary>
public static class ReadableJson
{
    /// <summary>For a writer of it.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
