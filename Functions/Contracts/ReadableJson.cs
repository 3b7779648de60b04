using System.Text.Encodings.Web;
using System.Text.Json;

namespace WhatsAppBuffer.Contracts;

/// <summary>JSON with letters of every script and emoji as themselves: a third of the bytes of their escapes.</summary>
public static class ReadableJson
{
    /// <summary>Escapes what JSON demands and what SQS refuses, and nothing else.</summary>
    public static JavaScriptEncoder Encoder { get; } = new ReadableEncoder();

    /// <summary>For a writer of it. The writer does not check its caller, whose tests do.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = Encoder, SkipValidation = true };
}
