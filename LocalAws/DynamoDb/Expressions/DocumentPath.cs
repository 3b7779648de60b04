using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Expressions;

/// <summary>One step of a path: into a map by name, or into a list by index.</summary>
/// <param name="Name">The attribute's name, or null for an index.</param>
/// <param name="Index">The list's index.</param>
internal readonly record struct PathElement(string? Name, int Index = 0)
{
    public override string ToString() => Name ?? $"[{Index}]";
}

/// <summary>A path into an item, such as <c>a.b[0]</c>; its first element is always a name.</summary>
/// <param name="Elements">The steps.</param>
internal sealed record DocumentPath(IReadOnlyList<PathElement> Elements)
{
    public string Head => Elements[0].Name!;

    public bool IsNested => Elements.Count > 1;

    public AttributeValue? Resolve(AttributeMap item)
    {
        AttributeValue? value = item[Head];
        for (int i = 1; i < Elements.Count && value is not null; i++)
        {
            value = Step(value, Elements[i]);
        }

        return value;
    }

    public bool SameAs(DocumentPath other) => Elements.SequenceEqual(other.Elements);

    public override string ToString() => $"[{string.Join(", ", Elements)}]";

    private static AttributeValue? Step(AttributeValue value, PathElement element) => (value, element.Name) switch
    {
        (MapValue map, { } name) => map.Attributes[name],
        (ListValue list, null) => element.Index < list.Elements.Count ? list.Elements[element.Index] : null,
        _ => null,
    };
}
