using LocalAws.DynamoDb.Expressions;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Operations;

/// <summary>A Query's or Scan's expressions, parsed and checked.</summary>
internal sealed class SearchRequest
{
    private readonly ItemRequest _request;
    private readonly Condition? _filter;
    private readonly Projection? _projection;

    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: the request is wrong whatever the table.</exception>
    public SearchRequest(ItemRequest request)
    {
        _request = request;
        Constraints.Of(request).Enforce();
        bool isQuery = request.Operation == "Query";
        if (isQuery)
        {
            request.CheckExpressionsGiven(
                (nameof(request.ProjectionExpression), request.ProjectionExpression),
                (nameof(request.FilterExpression), request.FilterExpression),
                (nameof(request.KeyConditionExpression), request.KeyConditionExpression));
        }
        else
        {
            request.CheckExpressionsGiven(
                (nameof(request.ProjectionExpression), request.ProjectionExpression),
                (nameof(request.FilterExpression), request.FilterExpression));
        }

        StartKey = CheckedStartKey(request);
        if (isQuery && request.KeyConditionExpression is null)
        {
            throw DynamoDbError.Validation("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }

        CheckSelect(request);
        Placeholders placeholders = request.Placeholders();
        KeyConditions = isQuery ? KeyCondition.Parse(request.KeyConditionExpression!, placeholders) : new Dictionary<string, KeyPredicate>();
        _filter = request.FilterExpression is null ? null : ConditionParser.Parse(nameof(request.FilterExpression), request.FilterExpression, placeholders);
        _projection = request.ProjectionExpression is null ? null : ProjectionParser.Parse(request.ProjectionExpression, placeholders);
        placeholders.CheckAllUsed();
    }

    public AttributeMap? StartKey { get; }

    public IReadOnlyDictionary<string, KeyPredicate> KeyConditions { get; }

    public ReadPage NewPage() => new(_request.Limit, _filter, _projection, _request.Select == "COUNT");

    /// <summary>Checks the paths against the keys; a Query cannot filter by its own key.</summary>
    public void CheckPaths(SearchTarget target)
    {
        target.CheckPaths(_projection?.Paths ?? []);
        target.CheckProjected(_projection?.Paths ?? []);
        IEnumerable<DocumentPath> filtered = _filter?.Paths() ?? [];
        if (_request.Operation == "Query" && filtered.FirstOrDefault(p => target.Keys.Names.Contains(p.Head)) is { } key)
        {
            throw DynamoDbError.Validation($"Filter Expression can only contain non-primary key attributes: Primary key attribute: {key.Head}");
        }

        target.CheckPaths(filtered);
    }

    private static AttributeMap? CheckedStartKey(ItemRequest request)
    {
        if (request.ExclusiveStartKey is not { } key)
        {
            return null;
        }

        return key.Problem is null ? key.Attributes : throw DynamoDbError.Validation($"The provided starting key is invalid: {key.Problem}");
    }

    private static void CheckSelect(ItemRequest request)
    {
        if (request.ProjectionExpression is not null && request.Select is not (null or "SPECIFIC_ATTRIBUTES"))
        {
            string wanted = request.Select == "COUNT" ? "only the Count" : request.Select;
            throw DynamoDbError.Validation($"Cannot specify the ProjectionExpression when choosing to get {wanted}");
        }

        if (request.Select == "SPECIFIC_ATTRIBUTES" && request.ProjectionExpression is null)
        {
            throw DynamoDbError.Validation("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        }

        if (request.Select == "ALL_PROJECTED_ATTRIBUTES" && request.IndexName is null)
        {
            throw DynamoDbError.Validation("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
    }
}
