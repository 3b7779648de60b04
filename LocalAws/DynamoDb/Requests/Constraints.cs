namespace LocalAws.DynamoDb.Requests;

/// <summary>Collects violations of a request's shape and reports them all at once, as AWS does.</summary>
internal sealed class Constraints
{
    private const string NamePattern = "[a-zA-Z0-9_.-]+";
    private const int MaxReported = 10;

    private static readonly string[] CapacityModes = ["INDEXES", "TOTAL", "NONE"];
    private static readonly string[] MetricsModes = ["SIZE", "NONE"];
    private static readonly string[] ReturnModes = ["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"];
    private static readonly string[] FailureModes = ["ALL_OLD", "NONE"];
    private static readonly string[] SelectModes = ["SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"];

    private readonly List<string> _violations = [];

    /// <summary>Checks the members that have the same constraints in all operations.</summary>
    public static Constraints Of(ItemRequest request)
    {
        var constraints = new Constraints();
        return constraints
            .OneOf(request.Select, "select", SelectModes)
            .Name(request.IndexName, "indexName")
            .OneOf(request.ReturnConsumedCapacity, "returnConsumedCapacity", CapacityModes)
            .Required(request.TableName, "tableName")
            .Name(request.TableName, "tableName")
            .OneOf(request.ReturnItemCollectionMetrics, "returnItemCollectionMetrics", MetricsModes)
            .OneOf(request.ReturnValues, "returnValues", ReturnModes)
            .OneOf(request.ReturnValuesOnConditionCheckFailure, "returnValuesOnConditionCheckFailure", FailureModes)
            .AtLeast(request.Limit, "limit", 1)
            .AtLeast(request.TotalSegments, "totalSegments", 1)
            .AtLeast(request.Segment, "segment", 0);
    }

    public Constraints CapacityMode(string? value) => OneOf(value, "returnConsumedCapacity", CapacityModes);

    public Constraints MetricsMode(string? value) => OneOf(value, "returnItemCollectionMetrics", MetricsModes);

    public Constraints Required<T>(T? value, string member) => value is not null ? this : Violated("null", member, "Member must not be null");

    public Constraints Name(string? value, string member, int minLength = 3)
    {
        if (value is null)
        {
            return this;
        }

        if (value.Length == 0 || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'))
        {
            Violated($"'{value}'", member, $"Member must satisfy regular expression pattern: {NamePattern}");
        }

        return Length(value.Length, value, member, minLength, 255);
    }

    public Constraints OneOf(string? value, string member, IReadOnlyList<string> allowed) =>
        value is null || allowed.Contains(value) ? this
        : Violated($"'{value}'", member, $"Member must satisfy enum value set: [{string.Join(", ", allowed)}]");

    public Constraints AtLeast(long? value, string member, long minimum) =>
        value is null || value >= minimum ? this : Violated($"'{value}'", member, $"Member must have value greater than or equal to {minimum}");

    public Constraints AtMost(long? value, string member, long maximum) =>
        value is null || value <= maximum ? this : Violated($"'{value}'", member, $"Member must have value less than or equal to {maximum}");

    /// <summary>The length of a text, list or map.</summary>
    public Constraints Length(int? length, string shown, string member, int minimum, int maximum) =>
        length < minimum ? Violated($"'{shown}'", member, $"Member must have length greater than or equal to {minimum}")
        : length > maximum ? Violated($"'{shown}'", member, $"Member must have length less than or equal to {maximum}")
        : this;

    /// <summary>The length of a list, which is not shown in full.</summary>
    public Constraints Length<T>(IReadOnlyCollection<T>? list, string member, int minimum, int maximum) =>
        Length(list?.Count, list?.Count == 0 ? "[]" : "[…]", member, minimum, maximum);

    public Constraints Violated(string shown, string member, string constraint)
    {
        if (_violations.Count < MaxReported)
        {
            _violations.Add($"Value {shown} at '{member}' failed to satisfy constraint: {constraint}");
        }

        return this;
    }

    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: something was violated.</exception>
    public void Enforce()
    {
        if (_violations.Count > 0)
        {
            throw DynamoDbError.Validation(
                $"{_violations.Count} validation error{(_violations.Count > 1 ? "s" : "")} detected: {string.Join("; ", _violations)}");
        }
    }
}
