using System.Text.RegularExpressions;

namespace LocalAws.Sns;

/// <summary>A topic and who listens to it; guarded by the engine's lock.</summary>
internal sealed partial class Topic(string arn, TopicAttributes attributes)
{
    public string Arn { get; } = arn;

    public TopicAttributes Attributes { get; set; } = attributes;

    public List<Subscription> Subscriptions { get; } = [];

    public int DeletedSubscriptions { get; set; }

    /// <exception cref="Endpoint.AwsException"><c>InvalidParameter</c>: not 1 to 256 letters, digits, hyphens and underscores.</exception>
    public static void CheckName(string name)
    {
        if (name.EndsWith(".fifo", StringComparison.Ordinal))
        {
            throw SnsError.InvalidParameter("Topic Name Reason: this local cloud does not imitate FIFO topics");
        }

        if (!Name.IsMatch(name))
        {
            throw SnsError.InvalidParameter("Topic Name");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,256}$")]
    private static partial Regex Name { get; }
}
