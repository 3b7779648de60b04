namespace LocalAws.Ssm;

/// <summary>One version of a parameter.</summary>
/// <param name="Name">Its full name, such as <c>/app/config</c>.</param>
/// <param name="Type"><c>String</c>, <c>StringList</c> or <c>SecureString</c>.</param>
/// <param name="Value">The value in plain text.</param>
/// <param name="Version">1 for the first value, one more with each overwrite.</param>
/// <param name="LastModifiedDate">When this version was written.</param>
/// <param name="Arn">The parameter's ARN.</param>
public sealed record Parameter(string Name, string Type, string Value, long Version, DateTimeOffset LastModifiedDate, string Arn);
