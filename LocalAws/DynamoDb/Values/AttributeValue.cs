using System.Text;

namespace LocalAws.DynamoDb.Values;

/// <summary>One attribute's value. Values never change, so items, indexes, stream records and readers share them.</summary>
internal abstract class AttributeValue : IEquatable<AttributeValue>
{
    public abstract AttributeType Type { get; }

    /// <summary>Bytes that count toward the item size.</summary>
    public abstract int Size { get; }

    /// <summary>What <c>size(path)</c> answers: characters' bytes, or elements; null for types that have no size.</summary>
    public virtual int? Length => null;

    public abstract bool Equals(AttributeValue? other);

    public sealed override bool Equals(object? obj) => Equals(obj as AttributeValue);

    public abstract override int GetHashCode();

    /// <summary>Orders values of one type: numbers by value, strings and binaries by their unsigned bytes; null when they have no order.</summary>
    public virtual int? CompareTo(AttributeValue other) => null;

    /// <summary>The value as error messages of expressions show it, such as <c>{N:1}</c>.</summary>
    public override string ToString() => $"{{{Type}}}";
}

/// <summary>A string, kept as UTF-8: DynamoDB measures and orders strings by those bytes.</summary>
internal sealed class StringValue(byte[] utf8) : AttributeValue
{
    public StringValue(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public ReadOnlySpan<byte> Utf8 => utf8;

    public string Text => Encoding.UTF8.GetString(utf8);

    public override AttributeType Type => AttributeType.S;

    public override int Size => utf8.Length;

    public override int? Length => utf8.Length;

    public override bool Equals(AttributeValue? other) => other is StringValue s && Utf8.SequenceEqual(s.Utf8);

    public override int GetHashCode() => Bytes.HashCode(utf8);

    public override int? CompareTo(AttributeValue other) => other is StringValue s ? Utf8.SequenceCompareTo(s.Utf8) : null;

    public override string ToString() => $"{{S:{Text}}}";
}

/// <summary>A number.</summary>
internal sealed class NumberValue(DynamoNumber number) : AttributeValue
{
    public DynamoNumber Number => number;

    public override AttributeType Type => AttributeType.N;

    public override int Size => number.Size;

    public override bool Equals(AttributeValue? other) => other is NumberValue n && number == n.Number;

    public override int GetHashCode() => number.GetHashCode();

    public override int? CompareTo(AttributeValue other) => other is NumberValue n ? number.CompareTo(n.Number) : null;

    public override string ToString() => $"{{N:{number}}}";
}

/// <summary>Bytes.</summary>
internal sealed class BinaryValue(byte[] bytes) : AttributeValue
{
    public ReadOnlySpan<byte> Content => bytes;

    public override AttributeType Type => AttributeType.B;

    public override int Size => bytes.Length;

    public override int? Length => bytes.Length;

    public override bool Equals(AttributeValue? other) => other is BinaryValue b && Content.SequenceEqual(b.Content);

    public override int GetHashCode() => Bytes.HashCode(bytes);

    public override int? CompareTo(AttributeValue other) => other is BinaryValue b ? Content.SequenceCompareTo(b.Content) : null;

    public override string ToString() => $"{{B:{Convert.ToBase64String(bytes)}}}";
}

/// <summary>True or false.</summary>
internal sealed class BooleanValue(bool value) : AttributeValue
{
    public bool Value => value;

    public override AttributeType Type => AttributeType.BOOL;

    public override int Size => 1;

    public override bool Equals(AttributeValue? other) => other is BooleanValue b && value == b.Value;

    public override int GetHashCode() => value ? 1 : 2;

    public override string ToString() => $"{{BOOL:{(value ? "true" : "false")}}}";
}

/// <summary>The value <c>{"NULL": true}</c>.</summary>
internal sealed class NullValue : AttributeValue
{
    public static NullValue Instance { get; } = new();

    public override AttributeType Type => AttributeType.NULL;

    public override int Size => 1;

    public override bool Equals(AttributeValue? other) => other is NullValue;

    public override int GetHashCode() => 3;

    public override string ToString() => "{NULL:true}";
}

file static class Bytes
{
    public static int HashCode(byte[] bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
