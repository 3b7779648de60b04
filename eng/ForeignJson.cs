using System.Text.Json;
using System.Text.Json.Nodes;

namespace ForeignText;

/// <summary>
/// Every JSON that somebody else wrote is parsed through this: its parsers state how deep it may nest. The framework's own default, 64, is less than
/// DynamoDB takes: 32 levels, each of which is two of JSON, and a record and an event around them.
/// </summary>
internal static class ForeignJson
{
    /// <summary>More than any service takes, so that who takes less can say so; little enough for code that recurses.</summary>
    public const int MaxDepth = 256;

#pragma warning disable RS0030 // The parsers that are banned elsewhere.
    /// <param name="json">UTF-8.</param>
    /// <param name="depth">How deep it may nest.</param>
    /// <exception cref="JsonException">It is not JSON, or nests deeper.</exception>
    public static JsonDocument Document(ReadOnlyMemory<byte> json, int depth = MaxDepth) => JsonDocument.Parse(json, Options(depth));

    /// <exception cref="JsonException">It is not JSON, or nests deeper.</exception>
    public static JsonDocument Document(string json) => JsonDocument.Parse(json, Options(MaxDepth));

    /// <exception cref="JsonException">It is not JSON, or nests deeper.</exception>
    public static JsonElement Element(ReadOnlySpan<byte> json) => JsonElement.Parse(json, Options(MaxDepth));

    /// <param name="json">The text.</param>
    /// <param name="depth">How deep it may nest: only for code that does not recurse over it.</param>
    /// <exception cref="JsonException">It is not JSON, or nests deeper.</exception>
    public static JsonElement Element(string json, int depth = MaxDepth) => JsonElement.Parse(json, Options(depth));

    /// <param name="json">The text.</param>
    /// <param name="options">What else may stand in it; its depth is not looked at.</param>
    /// <exception cref="JsonException">It is not JSON, or nests deeper.</exception>
    public static JsonNode? Node(string json, JsonDocumentOptions options = default) => JsonNode.Parse(json, documentOptions: options with { MaxDepth = MaxDepth });

    /// <exception cref="JsonException">It is not JSON, or nests deeper.</exception>
    public static JsonNode? Node(ReadOnlySpan<byte> json) => JsonNode.Parse(json, documentOptions: Options(MaxDepth));

    public static Utf8JsonReader Reader(ReadOnlySpan<byte> json, int depth = MaxDepth) => Reader(json, new JsonReaderOptions { MaxDepth = depth });

    /// <param name="json">UTF-8.</param>
    /// <param name="options">What else may stand in it; a depth of 0 is <see cref="MaxDepth"/>.</param>
    public static Utf8JsonReader Reader(ReadOnlySpan<byte> json, JsonReaderOptions options) =>
        new(json, options with { MaxDepth = options.MaxDepth == 0 ? MaxDepth : options.MaxDepth });
#pragma warning restore RS0030

    private static JsonDocumentOptions Options(int depth) => new() { MaxDepth = depth };
}
