using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.OnRawMessages.References;

/// <summary>What a stored message is recognised by: its type and its first words.</summary>
internal static class FirstWords
{
    private const int Most = 200;

    private static readonly string[] Words = ["body", "caption", "text", "name", "filename"];

    /// <returns><see cref="RawAttributes.RefersTo"/>; null for an item without a type.</returns>
    public static JsonElement? Of(Dictionary<string, AttributeValue> item)
    {
        if (item.GetValueOrDefault("type")?.S is not { Length: > 0 } type)
        {
            return null;
        }

        var found = new Dictionary<string, string> { ["type"] = Cut(type) };
        if (TextOf(item, type) is { } text)
        {
            found["text"] = Cut(text);
        }

        return JsonSerializer.SerializeToElement(found, FirstWordsJson.Default.DictionaryStringString);
    }

    private static string? TextOf(Dictionary<string, AttributeValue> item, string type)
    {
        Dictionary<string, AttributeValue>? content = item.GetValueOrDefault(type)?.M;
        Dictionary<string, AttributeValue>? reply = type == "interactive" && content?.GetValueOrDefault("type")?.S is { } kind ? content.GetValueOrDefault(kind)?.M : null;
        return Words.Select(name => content?.GetValueOrDefault(name)?.S)
            .Append(reply?.GetValueOrDefault("title")?.S)
            .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
    }

    private static string Cut(string text) => text.Length <= Most ? text : text[..(char.IsHighSurrogate(text[Most - 1]) ? Most - 1 : Most)];
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class FirstWordsJson : System.Text.Json.Serialization.JsonSerializerContext;
