using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>The parts of an item that a request wants back.</summary>
/// <param name="Paths">The paths of those parts; none contains another.</param>
internal sealed record Projection(IReadOnlyList<DocumentPath> Paths)
{
    public AttributeMap Of(AttributeMap item) => Select(item, Paths, 0) ?? AttributeMap.Empty;

    private static AttributeMap? Select(AttributeMap map, IEnumerable<DocumentPath> paths, int depth)
    {
        var chosen = new Dictionary<string, AttributeValue>();
        foreach (IGrouping<PathElement, DocumentPath> group in paths.GroupBy(p => p.Elements[depth]))
        {
            if (group.Key.Name is { } name && map.TryGetValue(name, out AttributeValue? value) && Select(value, [.. group], depth) is { } part)
            {
                chosen[name] = part;
            }
        }

        return chosen.Count == 0 ? null : new AttributeMap(chosen);
    }

    private static AttributeValue? Select(AttributeValue value, IReadOnlyList<DocumentPath> paths, int depth)
    {
        if (paths[0].Elements.Count == depth + 1)
        {
            return value;
        }

        return value switch
        {
            MapValue map => Select(map.Attributes, paths, depth + 1) is { } part ? new MapValue(part) : null,
            ListValue list => Select(list, paths, depth + 1),
            _ => null,
        };
    }

    private static ListValue? Select(ListValue list, IReadOnlyList<DocumentPath> paths, int depth)
    {
        AttributeValue[] chosen =
        [
            .. paths.GroupBy(p => p.Elements[depth])
                .Where(g => g.Key.Name is null && g.Key.Index < list.Elements.Count)
                .OrderBy(g => g.Key.Index)
                .Select(g => Select(list.Elements[g.Key.Index], [.. g], depth))
                .OfType<AttributeValue>(),
        ];
        return chosen.Length == 0 ? null : new ListValue(chosen);
    }
}
