using System.Globalization;

namespace LocalAws.Sns;

/// <summary>The settings of a topic that are imitated.</summary>
/// <param name="MaximumMessageSize">Bytes of body and attributes that a message may have: 1,024 to 1,048,576; 262,144 by default.</param>
/// <param name="DisplayName">At most 100 characters.</param>
internal sealed record TopicAttributes(int MaximumMessageSize = 262_144, string DisplayName = "")
{
    private const int SmallestMaximum = 1024;
    private const int LargestMaximum = 1_048_576;
    private const int MaxDisplayName = 100;

    /// <summary>These settings with one changed.</summary>
    /// <exception cref="Endpoint.AwsException"><c>InvalidParameter</c>: the setting is out of range or not imitated.</exception>
    public TopicAttributes With(string name, string value) => (name, value) switch
    {
        ("MaximumMessageSize", _) => this with { MaximumMessageSize = ParseSize(value) },
        ("DisplayName", { Length: <= MaxDisplayName }) => this with { DisplayName = value },
        ("DisplayName", _) => throw SnsError.InvalidParameter($"Attributes Reason: DisplayName can have at most {MaxDisplayName} characters"),
        ("FifoTopic", "false") => this,
        ("FifoTopic", _) => throw SnsError.InvalidParameter("Attributes Reason: this local cloud does not imitate FIFO topics (FifoTopic)"),
        _ => throw SnsError.InvalidParameter($"Attributes Reason: this local cloud does not imitate the topic attribute '{name}'"),
    };

    private static int ParseSize(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is >= SmallestMaximum and <= LargestMaximum
            ? size
            : throw SnsError.InvalidParameter($"MaximumMessageSize Reason: must be a number from {SmallestMaximum} to {LargestMaximum}");
}
