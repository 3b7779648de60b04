using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.OnRawMessages.Webhook;

/// <summary>Builds the raw table's item of a message.</summary>
internal static class RawItem
{
    /// <summary>What is wrong with text that spells half of a surrogate pair.</summary>
    public const string NotUnicode = " holds text that is not valid Unicode";

    private const int TableDepth = 32;

    /// <summary>A table takes fewer levels, and says itself what is wrong with some more.</summary>
    private const int MaxDepth = 100;

    /// <exception cref="InvalidOperationException">A text is not valid Unicode (half of a surrogate pair).</exception>
    public static Dictionary<string, JsonElement> Build(string customer, JsonElement message, JsonElement? contact, JsonElement value, JsonElement? header, string? field, Arrival arrival, DateTimeOffset receivedAt)
    {
        Dictionary<string, JsonElement> item = [];
        foreach (JsonProperty property in message.EnumerateObject())
        {
            item[property.Name] = property.Value;
        }

        Array.ForEach(OwnWords, name => item.Remove(name));
        Move(item, RawAttributes.From, RawAttributes.FromPhoneNumber);
        Move(item, RawAttributes.Context, RawAttributes.MessageContext);
        item[RawAttributes.From] = Text(customer);
        Set(item, RawAttributes.Context, header);
        Set(item, RawAttributes.Metadata, value.Member("metadata"));
        Set(item, RawAttributes.MessagingProduct, value.Member("messaging_product"));
        Set(item, RawAttributes.Field, field is null ? null : Text(field));
        Set(item, RawAttributes.Contact, contact);
        Set(item, RawAttributes.TraceParent, arrival.TraceParent is null ? null : Text(arrival.TraceParent));
        item[RawAttributes.ReceivedAt] = Text(receivedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
        item[RawAttributes.ExpiresAt] = JsonSerializer.SerializeToElement((arrival.ReceivedAt + arrival.Retention).ToUnixTimeSeconds(), RawItemJson.Default.Int64);
        return item;
    }

    private static void Move(Dictionary<string, JsonElement> item, string from, string to)
    {
        if (item.Remove(from, out JsonElement value))
        {
            item[to] = value;
        }
    }

    private static void Set(Dictionary<string, JsonElement> item, string name, JsonElement? value)
    {
        if (value is { } present)
        {
            item[name] = present;
        }
    }

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, RawItemJson.Default.String);

    /// <summary>What only this system says of a message: a message that says it itself is not believed.</summary>
    private static readonly string[] OwnWords = [RawAttributes.StoredUnder, RawAttributes.RefersTo, RawAttributes.Redriven];

    /// <summary>What stands in each item of an entry, and is no part of its message.</summary>
    public static readonly string[] Shared = [RawAttributes.Contact, RawAttributes.Context];

    /// <summary>Takes out of an item what other messages share with it and no table could hold: it must not cost the message.</summary>
    /// <returns>What was wrong with it; nothing when all could stay.</returns>
    public static IEnumerable<string> WithoutUnfit(Dictionary<string, JsonElement> item)
    {
        foreach (string name in Shared)
        {
            if (item.TryGetValue(name, out JsonElement value) && FaultOf(name, value, TableDepth - 1) is { } fault && item.Remove(name))
            {
                yield return fault;
            }
        }
    }

    /// <summary>Why no table could hold the item, or null. Nothing recurses over it before this.</summary>
    public static string? FaultOf(IReadOnlyDictionary<string, JsonElement> item) =>
        item.Select(attribute => FaultOf(attribute.Key, attribute.Value, MaxDepth)).FirstOrDefault(fault => fault is not null);

    private static string? FaultOf(string name, JsonElement value, int depth)
    {
        Utf8JsonReader json = ForeignJson.Reader(JsonMarshal.GetRawUtf8Value(value));
        while (json.Read())
        {
            if (json.CurrentDepth >= depth)
            {
                return $": '{name}' nests deeper than {depth} levels, which no table takes";
            }

            if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && json.ValueIsEscaped && !IsUnicode(ref json))
            {
                return NotUnicode;
            }
        }

        return null;
    }

    private static bool IsUnicode(ref Utf8JsonReader json)
    {
        try
        {
            _ = json.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
internal sealed partial class RawItemJson : JsonSerializerContext;
