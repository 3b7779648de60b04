using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LocalAws.Delivery;

namespace LocalAws.Sqs;

/// <summary>
/// The checksums that SDKs compare. Of attributes: by name, each as name, type, one byte for the kind of value, and value; every text and
/// value preceded by its length in four bytes, big-endian. Source: SQS developer guide, "Calculating the MD5 message digest for message attributes".
/// </summary>
internal static class MessageMd5
{
    private const byte Text = 1;
    private const byte Bytes = 2;

    public static string OfBody(string body) => Hex(Encoding.UTF8.GetBytes(body));

    /// <summary>Null when there are none.</summary>
    public static string? OfAttributes(IReadOnlyDictionary<string, DeliveryAttribute> attributes)
    {
        if (attributes.Count == 0)
        {
            return null;
        }

        using var stream = new MemoryStream();
        foreach ((string name, DeliveryAttribute attribute) in attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            bool isBinary = attribute.DataType.StartsWith("Binary", StringComparison.Ordinal);
            Write(stream, Encoding.UTF8.GetBytes(name));
            Write(stream, Encoding.UTF8.GetBytes(attribute.DataType));
            stream.WriteByte(isBinary ? Bytes : Text);
            Write(stream, isBinary ? Convert.FromBase64String(attribute.Value) : Encoding.UTF8.GetBytes(attribute.Value));
        }

        return Hex(stream.ToArray());
    }

    private static void Write(MemoryStream stream, byte[] value)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        stream.Write(length);
        stream.Write(value);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "The protocol's checksum is MD5; nothing relies on it for secrecy.")]
    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
}
