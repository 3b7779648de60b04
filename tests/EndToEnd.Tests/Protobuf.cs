using System.Buffers.Binary;
using System.Text;

namespace EndToEnd.Tests;

/// <summary>A protobuf message by the numbers of its fields: enough of the wire format to read OTLP without compiling its schema.</summary>
internal readonly record struct Protobuf(ReadOnlyMemory<byte> Bytes)
{
    public IEnumerable<Protobuf> Messages(int field) => Fields().Where(found => found.Field == field).Select(found => new Protobuf(found.Bytes));

    public Protobuf Message(int field) => Messages(field).FirstOrDefault();

    public string Text(int field) => Encoding.UTF8.GetString(Message(field).Bytes.Span);

    public string Hex(int field) => Convert.ToHexStringLower(Message(field).Bytes.Span);

    public ulong Number(int field) => Fields().FirstOrDefault(found => found.Field == field).Number;

    private List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> Fields()
    {
        var fields = new List<(int, ulong, ReadOnlyMemory<byte>)>();
        for (int at = 0; at < Bytes.Length;)
        {
            ulong tag = Varint(ref at);
            int field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    fields.Add((field, Varint(ref at), default));
                    break;
                case 1:
                    fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(Bytes.Span[at..]), default));
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(ref at);
                    fields.Add((field, 0, Bytes.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(Bytes.Span[at..]), default));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Field {field} has wire type {tag & 7}.");
            }
        }

        return fields;
    }

    private ulong Varint(ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Bytes.Span[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
