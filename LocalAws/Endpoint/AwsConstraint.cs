using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LocalAws.Endpoint;

/// <summary>
/// Checks members against the limits of a service's model and words a violation as AWS's own front end does. The offending value is never
/// repeated: it may be a customer's text.
/// </summary>
/// <param name="errorCode">What the service answers for a violation, such as <c>ValidationException</c>.</param>
internal sealed class AwsConstraint(string errorCode)
{
    /// <summary>A required text of a length between two bounds, in UTF-16 units.</summary>
    public string Required([NotNull] string? value, string member, int min = 1, int max = int.MaxValue) =>
        Optional(value ?? throw Missing(member), member, min, max);

    /// <summary>A text that may be absent, of a length between two bounds.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public string? Optional(string? value, string member, int min = 1, int max = int.MaxValue)
    {
        Range(value?.Length, member, min, max, "have length");
        return value;
    }

    /// <summary>A required member of any type.</summary>
    public T Required<T>([NotNull] T? value, string member)
        where T : class => value ?? throw Missing(member);

    /// <summary>A number that may be absent, between two bounds.</summary>
    public void Range(int? value, string member, int min, int max, string verb = "have value")
    {
        if (value < min)
        {
            throw Violation(member, string.Create(CultureInfo.InvariantCulture, $"Member must {verb} greater than or equal to {min}"));
        }

        if (value > max)
        {
            throw Violation(member, string.Create(CultureInfo.InvariantCulture, $"Member must {verb} less than or equal to {max}"));
        }
    }

    /// <summary>A text that may be absent, one of a few values.</summary>
    public void OneOf(string? value, string member, params ReadOnlySpan<string> allowed)
    {
        if (value is not null && !allowed.Contains(value))
        {
            throw Violation(member, $"Member must satisfy enum value set: [{string.Join(", ", allowed!)}]");
        }
    }

    /// <summary>The error of a required member that is absent.</summary>
    public AwsException Missing(string member) => Violation(member, "Member must not be null");

    /// <summary>The error of a violated constraint.</summary>
    public AwsException Violation(string member, string constraint) =>
        new(errorCode, $"1 validation error detected: Value at '{member}' failed to satisfy constraint: {constraint}");
}
