using System.Text.Json;
using System.Text.RegularExpressions;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;

namespace LocalAws.Events;

/// <summary>What EventBridge checks about rules and targets. Source: EventBridge API reference, PutRule and PutTargets.</summary>
internal static partial class EventRules
{
    private const int LongestDescription = 512;
    private const int LongestInput = 8192;

    private static readonly AwsConstraint Constraint = new("ValidationException");

    /// <exception cref="AwsException"><c>ValidationException</c>.</exception>
    public static void CheckName(string name)
    {
        if (!Name.IsMatch(name))
        {
            throw Constraint.Violation("name", @"Member must satisfy regular expression pattern: [\.\-_A-Za-z0-9]+ and have length of 1 to 64");
        }
    }

    /// <exception cref="AwsException"><c>ValidationException</c>.</exception>
    public static void CheckDescription(string? description) => Constraint.Optional(description, "description", 0, LongestDescription);

    /// <exception cref="AwsException"><c>ValidationException</c>.</exception>
    public static void Check(EventTarget target)
    {
        if (!Name.IsMatch(target.Id))
        {
            throw Constraint.Violation("targets.member.id", @"Member must satisfy regular expression pattern: [\.\-_A-Za-z0-9]+ and have length of 1 to 64");
        }

        if (!DestinationArn.IsOneOf(target.Arn, "lambda", "sqs", "sns"))
        {
            throw new AwsException("ValidationException", $"This local cloud does not imitate the target '{target.Arn}'; use the ARN of a function, an SQS queue or an SNS topic.");
        }

        Constraint.Optional(target.Input, "targets.member.input", 0, LongestInput);
        if (target.Input is not null && !IsJson(target.Input))
        {
            throw new AwsException("ValidationException", $"JSON syntax error in input for target {target.Id}.");
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using JsonDocument json = ForeignJson.Document(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[.\-_A-Za-z0-9]{1,64}\z")]
    private static partial Regex Name { get; }
}
