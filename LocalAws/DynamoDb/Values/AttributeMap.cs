using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LocalAws.DynamoDb.Values;

/// <summary>Attributes by name: an item, a key, or the content of a map. It never changes; updates make a new one.</summary>
internal sealed class AttributeMap : IEnumerable<KeyValuePair<string, AttributeValue>>, IEquatable<AttributeMap>
{
    private readonly Dictionary<string, AttributeValue> _attributes;
    private int _size = -1;

    /// <summary>Takes the dictionary over; the caller must not change it afterwards.</summary>
    public AttributeMap(Dictionary<string, AttributeValue> attributes) => _attributes = attributes;

    public static AttributeMap Empty { get; } = new([]);

    public int Count => _attributes.Count;

    /// <summary>Bytes that count toward the item size: names in UTF-8 and values.</summary>
    public int Size => _size >= 0 ? _size : _size = _attributes.Sum(a => Encoding.UTF8.GetByteCount(a.Key) + a.Value.Size);

    public AttributeValue? this[string name] => _attributes.GetValueOrDefault(name);

    public bool TryGetValue(string name, [NotNullWhen(true)] out AttributeValue? value) => _attributes.TryGetValue(name, out value);

    public bool ContainsKey(string name) => _attributes.ContainsKey(name);

    public AttributeMap With(string name, AttributeValue value) => new(new Dictionary<string, AttributeValue>(_attributes) { [name] = value });

    public AttributeMap Without(string name)
    {
        if (!_attributes.ContainsKey(name))
        {
            return this;
        }

        var rest = new Dictionary<string, AttributeValue>(_attributes);
        rest.Remove(name);
        return new AttributeMap(rest);
    }

    /// <summary>The attributes of these names, as far as they exist.</summary>
    public AttributeMap Only(IEnumerable<string> names)
    {
        var chosen = new Dictionary<string, AttributeValue>();
        foreach (string name in names)
        {
            if (_attributes.TryGetValue(name, out AttributeValue? value))
            {
                chosen[name] = value;
            }
        }

        return new AttributeMap(chosen);
    }

    public bool Equals(AttributeMap? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Count == other.Count && _attributes.All(a => other.TryGetValue(a.Key, out AttributeValue? value) && a.Value.Equals(value)));

    public override bool Equals(object? obj) => Equals(obj as AttributeMap);

    public override int GetHashCode() => _attributes.Aggregate(0, (hash, a) => hash ^ HashCode.Combine(a.Key, a.Value));

    public Dictionary<string, AttributeValue>.Enumerator GetEnumerator() => _attributes.GetEnumerator();

    IEnumerator<KeyValuePair<string, AttributeValue>> IEnumerable<KeyValuePair<string, AttributeValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
