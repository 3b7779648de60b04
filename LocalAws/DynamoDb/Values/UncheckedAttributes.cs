namespace LocalAws.DynamoDb.Values;

/// <summary>
/// Attributes as read from a request. What is wrong with a value is remembered, not thrown: DynamoDB reports it only after the errors of the
/// request's shape.
/// </summary>
/// <param name="Attributes">The attributes; placeholders stand for wrong values.</param>
/// <param name="Problem">What is wrong with the first wrong value, or null.</param>
/// <param name="ProblemName">That value's attribute name.</param>
internal readonly record struct UncheckedAttributes(AttributeMap Attributes, string? Problem, string? ProblemName)
{
    /// <summary>The attributes, now that their turn has come.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: a value is wrong.</exception>
    public AttributeMap Checked() => Problem is null ? Attributes : throw DynamoDbError.Validation(Problem);
}
