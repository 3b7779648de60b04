namespace LocalAws.Events;

/// <summary>A rule of the default event bus that fires by a schedule.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="ScheduleExpression">When it fires, such as <c>rate(5 minutes)</c>.</param>
/// <param name="Description">What it is for, or null.</param>
/// <param name="IsEnabled">Whether it fires; AWS's State.</param>
public sealed record ScheduleRule(string Name, string Arn, string ScheduleExpression, string? Description, bool IsEnabled)
{
    /// <summary>Who is told.</summary>
    public IReadOnlyList<EventTarget> Targets { get; init; } = [];

    /// <summary>When it fires next, on the cloud's clock; null while it is disabled.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>How often it has fired.</summary>
    public long Fired { get; init; }
}
