using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>Reads inputs strictly: a member that is not imitated is refused by name, nothing broken gets past.</summary>
internal static class AwsInput
{
    public const string SerializationCode = "SerializationException";

    private const int MaxShown = 100;

    /// <summary>Parses a body; an empty one is an empty object.</summary>
    /// <exception cref="AwsException"><c>SerializationException</c> when it is not JSON.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return ForeignJson.Element(body.IsEmpty ? "{}"u8 : body.Span);
        }
        catch (JsonException e)
        {
            throw Broken($"The request body is not valid JSON: {e.Message}");
        }
    }

    /// <summary>
    /// Refuses text that is not Unicode, wherever it stands: bytes that are not UTF-8, and halves of surrogate pairs, which only escapes can spell. Beyond this gate every
    /// text and name can be read.
    /// </summary>
    /// <exception cref="AwsException"><c>SerializationException</c>.</exception>
    public static void RequireUnicode(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            throw Broken("The request body is not valid UTF-8.");
        }

        if (body.IndexOf("\\ud"u8) < 0 && body.IndexOf("\\uD"u8) < 0)
        {
            return;
        }

        var json = ForeignJson.Reader(body);
        try
        {
            while (json.Read())
            {
                _ = json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && json.ValueIsEscaped ? json.GetString() : null;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Broken($"The request body is not valid JSON: {e.Message}");
        }
    }

    /// <exception cref="AwsException"><c>SerializationException</c>: it is something else.</exception>
    public static JsonElement RequireObject(JsonElement body, string operation) =>
        body.ValueKind == JsonValueKind.Object ? body : throw Broken($"The input of {operation} must be a JSON object, not {body.ValueKind}.");

    /// <summary>Compares an input with its shape, whose members are the ones imitated.</summary>
    /// <param name="body">The input.</param>
    /// <param name="input">Its shape.</param>
    /// <param name="operation">The operation, for the error's text.</param>
    /// <param name="refusal">The service's error code for a member it cannot accept.</param>
    /// <exception cref="AwsException"><c>SerializationException</c> when it is no object or holds null in a list or map; <paramref name="refusal"/> for a member that is not imitated.</exception>
    public static JsonElement Check(JsonElement body, JsonTypeInfo input, string operation, string refusal)
    {
        Check(RequireObject(body, operation), input, "", path =>
            new AwsException(refusal, $"This local cloud does not imitate the member '{Shown(path)}' of {operation}: leave it out."));
        return body;
    }

    /// <summary>The input as a value of its shape.</summary>
    /// <exception cref="AwsException"><c>SerializationException</c> when a member is of another kind.</exception>
    public static T Deserialize<T>(JsonElement input, JsonTypeInfo<T> shape)
    {
        try
        {
            return input.Deserialize(shape)!;
        }
        catch (JsonException e)
        {
            throw Broken($"{Shown(e.Path ?? "$")} in the input has the wrong type.");
        }
    }

    /// <summary>Writes a text from a path, query, header or form as a value of the type that its member has; what cannot be one stays a text, and is refused with the input.</summary>
    public static void WriteText(Utf8JsonWriter writer, string text, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if ((plain == typeof(int) || plain == typeof(long)) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            writer.WriteNumberValue(number);
        }
        else if (plain == typeof(bool) && text is "true" or "false")
        {
            writer.WriteBooleanValue(text == "true");
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    public static AwsException Broken(string message) => new(SerializationCode, message);

    private static void Check(JsonElement element, JsonTypeInfo shape, string path, Func<string, AwsException> refuse)
    {
        if (element.ValueKind == JsonValueKind.Object && shape.Kind == JsonTypeInfoKind.Object)
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                string name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                JsonPropertyInfo known = shape.Properties.FirstOrDefault(p => p.Name == member.Name) ?? throw refuse(name);
                Check(member.Value, shape.Options.GetTypeInfo(known.PropertyType), name, refuse);
            }
        }
        else if (shape.ElementType is { } type && element.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
        {
            foreach (JsonElement item in element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : element.EnumerateObject().Select(entry => entry.Value))
            {
                Check(item.ValueKind == JsonValueKind.Null ? throw Broken($"'{Shown(path)}' holds null: leave the element out.") : item, shape.Options.GetTypeInfo(type), path, refuse);
            }
        }
    }

    private static string Shown(string text) => text.Length <= MaxShown ? text : $"{text[..MaxShown]}…";
}
