namespace LocalAws.Events;

/// <summary>Who is told when a rule fires.</summary>
/// <param name="Id">Its name within the rule.</param>
/// <param name="Arn">A function, which is invoked asynchronously; a queue or a topic.</param>
/// <param name="Input">JSON that it gets instead of the event, or null.</param>
public sealed record EventTarget(string Id, string Arn, string? Input = null);
