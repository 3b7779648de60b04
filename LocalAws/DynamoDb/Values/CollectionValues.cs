namespace LocalAws.DynamoDb.Values;

/// <summary>A set of strings, numbers or binaries: without order for comparisons, kept in the order given for answers.</summary>
internal sealed class SetValue(AttributeType type, IReadOnlyList<AttributeValue> members) : AttributeValue
{
    private readonly HashSet<AttributeValue> _lookup = [.. members];

    public IReadOnlyList<AttributeValue> Members => members;

    /// <summary><see cref="AttributeType.SS"/>, <see cref="AttributeType.NS"/> or <see cref="AttributeType.BS"/>.</summary>
    public override AttributeType Type => type;

    public override int Size { get; } = members.Sum(m => m.Size);

    public override int? Length => members.Count;

    public bool Contains(AttributeValue value) => _lookup.Contains(value);

    public SetValue Union(SetValue other) => new(type, [.. members, .. other.Members.Where(m => !Contains(m))]);

    /// <summary>The members that <paramref name="other"/> lacks, or null when none is left: DynamoDB has no empty sets.</summary>
    public SetValue? Except(SetValue other)
    {
        AttributeValue[] rest = [.. members.Where(m => !other.Contains(m))];
        return rest.Length == 0 ? null : rest.Length == members.Count ? this : new SetValue(type, rest);
    }

    public override bool Equals(AttributeValue? other) => other is SetValue set && type == set.Type && _lookup.SetEquals(set.Members);

    public override int GetHashCode() => members.Aggregate((int)type, (hash, m) => hash ^ m.GetHashCode());

    public override string ToString() => $"{{{type}:[{string.Join(", ", members)}]}}";
}

/// <summary>A list.</summary>
internal sealed class ListValue(IReadOnlyList<AttributeValue> elements) : AttributeValue
{
    private const int Overhead = 3;
    private const int ElementOverhead = 1;

    public IReadOnlyList<AttributeValue> Elements => elements;

    public override AttributeType Type => AttributeType.L;

    public override int Size { get; } = Overhead + elements.Sum(e => ElementOverhead + e.Size);

    public override int? Length => elements.Count;

    public override bool Equals(AttributeValue? other) => other is ListValue list && elements.SequenceEqual(list.Elements);

    public override int GetHashCode() => elements.Aggregate(17, (hash, e) => HashCode.Combine(hash, e.GetHashCode()));

    public override string ToString() => $"{{L:[{string.Join(", ", elements)}]}}";
}

/// <summary>A map.</summary>
internal sealed class MapValue(AttributeMap attributes) : AttributeValue
{
    private const int Overhead = 3;
    private const int ElementOverhead = 1;

    public AttributeMap Attributes => attributes;

    public override AttributeType Type => AttributeType.M;

    public override int Size { get; } = Overhead + attributes.Size + (attributes.Count * ElementOverhead);

    public override int? Length => attributes.Count;

    public override bool Equals(AttributeValue? other) => other is MapValue map && attributes.Equals(map.Attributes);

    public override int GetHashCode() => attributes.GetHashCode();

    public override string ToString() => $"{{M:{{{string.Join(", ", attributes.Select(a => $"{a.Key}={a.Value}"))}}}}}";
}
