using System.Globalization;
using System.Text.RegularExpressions;
using LocalAws.Endpoint;

namespace LocalAws.Events;

/// <summary>When a rule fires: every so many minutes, hours or days. Source: EventBridge user guide, "Rate expressions".</summary>
internal static partial class ScheduleExpression
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>The time from one event to the next.</summary>
    /// <exception cref="AwsException"><c>ValidationException</c>: it is no schedule, or one that is not imitated.</exception>
    public static TimeSpan Parse(string expression)
    {
        if (expression.StartsWith("cron(", StringComparison.Ordinal))
        {
            throw new AwsException("ValidationException", "This local cloud does not imitate cron expressions (ScheduleExpression); use a rate, such as rate(5 minutes).");
        }

        Match rate = Rate.Match(expression);
        if (!rate.Success || !int.TryParse(rate.Groups["value"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value == 0)
        {
            throw Invalid();
        }

        // AWS takes the singular for 1 and the plural for all others, and nothing else.
        TimeSpan unit = (rate.Groups["unit"].Value, value) switch
        {
            ("minute", 1) or ("minutes", > 1) => TimeSpan.FromMinutes(1),
            ("hour", 1) or ("hours", > 1) => TimeSpan.FromHours(1),
            ("day", 1) or ("days", > 1) => TimeSpan.FromDays(1),
            _ => throw Invalid(),
        };
        return value <= Longest / unit ? value * unit : throw new AwsException("ValidationException", "This local cloud imitates rates of up to a year (ScheduleExpression).");
    }

    private static AwsException Invalid() => new("ValidationException", "Parameter ScheduleExpression is not valid.");

    [GeneratedRegex(@"^rate\((?<value>[0-9]+) (?<unit>[a-z]+)\)$")]
    private static partial Regex Rate { get; }
}
