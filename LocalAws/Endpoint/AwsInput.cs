using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LocalAws.Endpoint;

/// <summary>Reads the input of an operation in one of the JSON protocols; a member that is not imitated is refused by name.</summary>
internal static class AwsInput
{
    /// <summary>Reads the body as the operation's input.</summary>
    /// <param name="request">The request.</param>
    /// <param name="input">The input's shape: its members are the ones imitated.</param>
    /// <param name="operation">The operation, for the error's text.</param>
    /// <param name="refusal">The service's error code for a parameter it cannot accept.</param>
    /// <exception cref="AwsException"><c>SerializationException</c> when the body is not JSON of that shape; <paramref name="refusal"/> for a member that is not imitated.</exception>
    public static T Read<T>(AwsRequest request, JsonTypeInfo<T> input, string operation, string refusal)
    {
        using JsonDocument document = AwsJson.Parse(request);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new AwsException("SerializationException", $"The input of {operation} must be a JSON object, not {document.RootElement.ValueKind}.");
        }

        if (FindUnknown(document.RootElement, input) is { } member)
        {
            throw new AwsException(refusal, $"This local cloud does not imitate the member '{member}' of {operation}: leave it out.");
        }

        try
        {
            return document.RootElement.Deserialize(input)!;
        }
        catch (JsonException e)
        {
            throw new AwsException("SerializationException", $"{e.Path} in the input of {operation} has the wrong type.");
        }
    }

    private static string? FindUnknown(JsonElement element, JsonTypeInfo shape) => (element.ValueKind, shape.Kind) switch
    {
        (JsonValueKind.Object, JsonTypeInfoKind.Object) => element.EnumerateObject()
            .Select(member => shape.Properties.FirstOrDefault(p => p.Name == member.Name) is { } known
                ? Prefixed(member.Name, FindUnknown(member.Value, shape.Options.GetTypeInfo(known.PropertyType)))
                : member.Name)
            .FirstOrDefault(unknown => unknown is not null),
        (JsonValueKind.Object, JsonTypeInfoKind.Dictionary) => element.EnumerateObject()
            .Select(entry => FindUnknown(entry.Value, shape.Options.GetTypeInfo(shape.ElementType!)))
            .FirstOrDefault(unknown => unknown is not null),
        (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) => element.EnumerateArray()
            .Select(item => FindUnknown(item, shape.Options.GetTypeInfo(shape.ElementType!)))
            .FirstOrDefault(unknown => unknown is not null),
        _ => null,
    };

    private static string? Prefixed(string member, string? unknown) => unknown is null ? null : $"{member}.{unknown}";
}
