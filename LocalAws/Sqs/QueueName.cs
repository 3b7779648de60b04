using System.Text.RegularExpressions;

namespace LocalAws.Sqs;

/// <summary>The rules of a queue's name.</summary>
internal static partial class QueueName
{
    /// <exception cref="Endpoint.AwsException"><c>InvalidParameterValue</c>, or <c>UnsupportedOperation</c> for FIFO.</exception>
    public static void Check(string name)
    {
        if (name.EndsWith(".fifo", StringComparison.Ordinal))
        {
            throw SqsError.UnsupportedOperation("This local cloud does not imitate FIFO queues (names that end in .fifo).");
        }

        if (!Name.IsMatch(name))
        {
            throw SqsError.InvalidParameterValue("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}$")]
    private static partial Regex Name { get; }
}
