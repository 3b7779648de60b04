using System.Text.RegularExpressions;

namespace WhatsAppBuffer.Infra.Settings;

/// <summary>What the text settings must look like.</summary>
internal static partial class ContextPatterns
{
    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    public static partial Regex Id();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    public static partial Regex Email();

    [GeneratedRegex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$")]
    public static partial Regex TopicArn();

    /// <summary>No user information and no query: a key in either would be a secret in the template.</summary>
    [GeneratedRegex(@"^https?://[^\s/@?#]+(/[^\s?#]*)?$")]
    public static partial Regex Endpoint();

    /// <summary>Parameter Store keeps names that begin with aws or ssm for AWS.</summary>
    [GeneratedRegex("^(?!aws|ssm)[a-z][a-z0-9]{0,15}$")]
    public static partial Regex Prefix();

    [GeneratedRegex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$")]
    public static partial Regex KeyArn();

    /// <summary>A stage is a file's name.</summary>
    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,31}$")]
    public static partial Regex Stage();

    [GeneratedRegex("^[^,]{0,256}$")]
    public static partial Regex TagValue();

    /// <summary>Two ids, or a hyphen in place of one that was not given.</summary>
    [GeneratedRegex("^([0-9a-f-]{36}|-)/([0-9a-f-]{36}|-)$")]
    public static partial Regex CreatedWith();

    /// <summary>Keys that are words are ours, with what stands below them after a dot; the CDK's own hold a colon, a slash or a hyphen.</summary>
    [GeneratedRegex(@"^[A-Za-z]+(\..+)?$")]
    public static partial Regex OwnKey();
}
