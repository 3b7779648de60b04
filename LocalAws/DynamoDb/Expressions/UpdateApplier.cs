using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>
/// Applies an update to an item. All values are taken from the item as it was; then values are set (lists from low to high index), numbers and
/// sets changed, and at last attributes removed (lists from high to low index, so that indexes mean the list as it was).
/// </summary>
internal static class UpdateApplier
{
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: the update does not fit the item.</exception>
    public static AttributeMap Apply(UpdateExpression update, AttributeMap item)
    {
        var values = update.Actions.OfType<SetAction>().Select(s => (s.Path, Value: s.Value.Resolve(item) ?? throw UpdateErrors.NoSuchAttribute())).ToList();
        AttributeMap result = item;
        foreach ((DocumentPath path, AttributeValue value) in values.OrderBy(v => v.Path.Elements[^1].Index))
        {
            result = Change(result, path, _ => value);
        }

        foreach (UpdateAction action in update.Actions)
        {
            result = action switch
            {
                AddAction add => Change(result, add.Path, old => Add(old, add.Value)),
                DeleteAction delete => Change(result, delete.Path, old => Delete(old, delete.Value)),
                _ => result,
            };
        }

        foreach (RemoveAction remove in update.Actions.OfType<RemoveAction>().OrderByDescending(r => r.Path.Elements[^1].Index))
        {
            result = Change(result, remove.Path, _ => null);
        }

        return result;
    }

    private static AttributeValue Add(AttributeValue? old, AttributeValue value) => (old, value) switch
    {
        (null, _) => value,
        (NumberValue number, NumberValue added) => new NumberValue(number.Number + added.Number),
        (SetValue set, SetValue added) when set.Type == added.Type => set.Union(added),
        _ => throw UpdateErrors.WrongOperandType(),
    };

    private static SetValue? Delete(AttributeValue? old, AttributeValue value) => (old, value) switch
    {
        (null, _) => null,
        (SetValue set, SetValue removed) when set.Type == removed.Type => set.Except(removed),
        _ => throw UpdateErrors.WrongOperandType(),
    };

    private static AttributeMap Change(AttributeMap map, DocumentPath path, Func<AttributeValue?, AttributeValue?> change) =>
        Change(map, path.Elements, 0, change);

    private static AttributeMap Change(AttributeMap map, IReadOnlyList<PathElement> path, int depth, Func<AttributeValue?, AttributeValue?> change)
    {
        string name = path[depth].Name!;
        AttributeValue? value = depth == path.Count - 1 ? change(map[name]) : ChangeInside(map[name], path, depth + 1, change);
        return value is null ? map.Without(name) : map.With(name, value);
    }

    private static AttributeValue ChangeInside(AttributeValue? parent, IReadOnlyList<PathElement> path, int depth, Func<AttributeValue?, AttributeValue?> change) =>
        (parent, path[depth].Name) switch
        {
            (MapValue map, not null) => new MapValue(Change(map.Attributes, path, depth, change)),
            (ListValue list, null) => new ListValue(Change(list.Elements, path, depth, change)),
            _ => throw UpdateErrors.NoSuchPath(),
        };

    /// <summary>A value set beyond the end of a list is appended; one removed there was never there.</summary>
    private static List<AttributeValue> Change(IReadOnlyList<AttributeValue> list, IReadOnlyList<PathElement> path, int depth, Func<AttributeValue?, AttributeValue?> change)
    {
        int index = path[depth].Index;
        AttributeValue? old = index < list.Count ? list[index] : null;
        AttributeValue? value = depth == path.Count - 1 ? change(old) : ChangeInside(old, path, depth + 1, change);
        List<AttributeValue> result = [.. list];
        switch (old, value)
        {
            case (not null, not null):
                result[index] = value;
                break;
            case (not null, null):
                result.RemoveAt(index);
                break;
            case (null, not null):
                result.Add(value);
                break;
        }

        return result;
    }
}
