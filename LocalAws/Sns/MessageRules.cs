using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LocalAws.Delivery;

namespace LocalAws.Sns;

/// <summary>What SNS checks before it accepts a message.</summary>
/// <remarks>Source: SNS API reference, Publish; developer guide, "Message attributes" and "Publishing large messages".</remarks>
internal static partial class MessageRules
{
    private const int MaxSubject = 100;

    /// <summary>The bytes that count against a topic's limit: body, and name, type and value of each attribute.</summary>
    public static int SizeOf(DeliveryMessage message) => Encoding.UTF8.GetByteCount(message.Body) + message.Attributes.Sum(a => SizeOf(a.Key, a.Value));

    /// <exception cref="Endpoint.AwsException"><c>InvalidParameter</c> or <c>ParameterValueInvalid</c>.</exception>
    public static void Check(DeliveryMessage message, string? subject, int maximumSize)
    {
        if (message.Body.Length == 0)
        {
            throw SnsError.InvalidParameter("Empty message");
        }

        if (SizeOf(message) > maximumSize)
        {
            throw SnsError.InvalidParameter("Message too long");
        }

        if (subject is not null && (subject.Length > MaxSubject || !Subject.IsMatch(subject)))
        {
            throw SnsError.InvalidParameter("Subject");
        }

        foreach ((string name, DeliveryAttribute attribute) in message.Attributes)
        {
            CheckAttribute(name, attribute);
        }
    }

    private static int SizeOf(string name, DeliveryAttribute attribute) => Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(attribute.DataType)
        + (attribute.DataType == "Binary" ? Convert.FromBase64String(attribute.Value).Length : Encoding.UTF8.GetByteCount(attribute.Value));

    private static void CheckAttribute(string name, DeliveryAttribute attribute)
    {
        if (!AttributeName.IsMatch(name) || ReservedName.IsMatch(name))
        {
            throw SnsError.InvalidValue(
                $"The message attribute name '{name}' is invalid. It can have 1 to 256 letters, digits, underscores, hyphens and periods, "
                + "must not begin or end with a period or have two in a row, and must not begin with AWS. or Amazon.");
        }

        if (attribute.DataType is not ("String" or "Number" or "Binary" or "String.Array"))
        {
            throw SnsError.InvalidValue(
                $"The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.");
        }

        if (attribute.Value.Length == 0)
        {
            throw SnsError.InvalidValue(
                $"The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{attribute.DataType}'.");
        }

        if (attribute.DataType == "Number" && !decimal.TryParse(attribute.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            throw SnsError.InvalidValue($"Could not cast message attribute '{name}' value to number.");
        }

        if (attribute.DataType == "String.Array" && !IsArray(attribute.Value))
        {
            throw SnsError.InvalidValue($"The message attribute '{name}' of type String.Array must be a JSON array of strings, numbers, true, false or null.");
        }
    }

    private static bool IsArray(string json)
    {
        try
        {
            using JsonDocument document = ForeignJson.Document(json);
            return document.RootElement.ValueKind == JsonValueKind.Array
                && document.RootElement.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9\p{P}][\x20-\x7E]*$")]
    private static partial Regex Subject { get; }

    [GeneratedRegex(@"^(?!.*\.\.)[A-Za-z0-9_-]([A-Za-z0-9_.-]{0,254}[A-Za-z0-9_-])?$")]
    private static partial Regex AttributeName { get; }

    [GeneratedRegex(@"^(AWS|Amazon)\.", RegexOptions.IgnoreCase)]
    private static partial Regex ReservedName { get; }
}
