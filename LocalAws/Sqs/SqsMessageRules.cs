using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LocalAws.Delivery;

namespace LocalAws.Sqs;

/// <summary>What SQS checks before it accepts a message. Source: SQS API reference, SendMessage; developer guide, "Message metadata".</summary>
internal static partial class SqsMessageRules
{
    private const int MaxAttributes = 10;

    /// <summary>The bytes that count against the queue's limit: body, and name, type and value of each attribute.</summary>
    public static int SizeOf(DeliveryMessage message) => Encoding.UTF8.GetByteCount(message.Body) + message.Attributes.Sum(a =>
        Encoding.UTF8.GetByteCount(a.Key) + Encoding.UTF8.GetByteCount(a.Value.DataType)
        + (IsBinary(a.Value) ? Convert.FromBase64String(a.Value.Value).Length : Encoding.UTF8.GetByteCount(a.Value.Value)));

    /// <exception cref="Endpoint.AwsException"><c>MissingParameter</c>, <c>InvalidMessageContents</c> or <c>InvalidParameterValue</c>.</exception>
    public static void Check(DeliveryMessage message, int maximumSize)
    {
        if (message.Body.Length == 0)
        {
            throw SqsError.MissingParameter("MessageBody");
        }

        if (message.Attributes.Count > MaxAttributes)
        {
            throw SqsError.InvalidParameterValue($"Number of message attributes [{message.Attributes.Count}] exceeds the allowed maximum [{MaxAttributes}].");
        }

        foreach ((string name, DeliveryAttribute attribute) in message.Attributes)
        {
            CheckAttribute(name, attribute);
        }

        if (SizeOf(message) > maximumSize)
        {
            throw SqsError.InvalidParameterValue($"One or more parameters are invalid. Reason: Message must be shorter than {maximumSize} bytes.");
        }

        if (ForbiddenCharacter.IsMatch(message.Body))
        {
            throw new Endpoint.AwsException(
                "InvalidMessageContents",
                "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.");
        }
    }

    private static void CheckAttribute(string name, DeliveryAttribute attribute)
    {
        if (!AttributeName.IsMatch(name) || ReservedName.IsMatch(name))
        {
            throw SqsError.InvalidParameterValue(
                $"The message attribute name '{name}' is invalid. It can have 1 to 256 letters, digits, underscores, hyphens and periods, "
                + "must not begin or end with a period or have two in a row, and must not begin with AWS. or Amazon.");
        }

        if (!DataType.IsMatch(attribute.DataType))
        {
            throw SqsError.InvalidParameterValue(
                $"The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.");
        }

        if (attribute.Value.Length == 0)
        {
            throw SqsError.InvalidParameterValue($"The message attribute '{name}' must contain a non-empty value of type '{attribute.DataType}'.");
        }

        if (attribute.DataType.StartsWith("Number", StringComparison.Ordinal)
            && !decimal.TryParse(attribute.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            throw SqsError.InvalidParameterValue($"Can't cast the value of message (user) attribute '{name}' to a number.");
        }
    }

    private static bool IsBinary(DeliveryAttribute attribute) => attribute.DataType.StartsWith("Binary", StringComparison.Ordinal);

    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]")]
    private static partial Regex ForbiddenCharacter { get; }

    [GeneratedRegex(@"^(?!.*\.\.)[A-Za-z0-9_-]([A-Za-z0-9_.-]{0,254}[A-Za-z0-9_-])?$")]
    private static partial Regex AttributeName { get; }

    [GeneratedRegex(@"^(AWS|Amazon)\.", RegexOptions.IgnoreCase)]
    private static partial Regex ReservedName { get; }

    [GeneratedRegex(@"^(String|Number|Binary)(\..{1,249})?$")]
    private static partial Regex DataType { get; }
}
