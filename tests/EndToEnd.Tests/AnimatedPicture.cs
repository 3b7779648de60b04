using System.Buffers.Binary;

namespace EndToEnd.Tests;

/// <summary>Puts pictures in PNG together to an animated one. Source: Portable Network Graphics specification, third edition, "Animation".</summary>
internal static class AnimatedPicture
{
    private const int HeaderLength = 8;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(place => Enumerable.Range(0, 8).Aggregate((uint)place, (value, _) => (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1))];

    /// <param name="frames">Of one size.</param>
    /// <param name="milliseconds">How long each is shown; the last one four times as long.</param>
    public static byte[] Of(IReadOnlyList<byte[]> frames, ushort milliseconds)
    {
        using var picture = new MemoryStream();
        picture.Write(frames[0].AsSpan(0, HeaderLength));
        byte[] header = Chunks(frames[0]).First(chunk => chunk.Type == "IHDR").Data;
        Write(picture, "IHDR", header);
        Write(picture, "acTL", [.. Number(frames.Count), .. Number(0)]);
        int sequence = 0;
        for (int frame = 0; frame < frames.Count; frame++)
        {
            ushort shown = (ushort)(frame == frames.Count - 1 ? 4 * milliseconds : milliseconds);
            Write(picture, "fcTL", [.. Number(sequence++), .. header.AsSpan(0, 8), .. Number(0), .. Number(0), .. Short(shown), .. Short(1000), 0, 0]);
            byte[] data = [.. Chunks(frames[frame]).Where(chunk => chunk.Type == "IDAT").SelectMany(chunk => chunk.Data)];
            Write(picture, frame == 0 ? "IDAT" : "fdAT", frame == 0 ? data : [.. Number(sequence++), .. data]);
        }

        Write(picture, "IEND", []);
        return picture.ToArray();
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        for (int at = HeaderLength; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            yield return (System.Text.Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += length + 12;
        }
    }

    private static void Write(MemoryStream picture, string type, byte[] data)
    {
        byte[] named = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        picture.Write(Number(data.Length));
        picture.Write(named);
        picture.Write(Number((int)~named.Aggregate(uint.MaxValue, (crc, next) => Table[(crc ^ next) & 0xFF] ^ (crc >> 8))));
    }

    private static byte[] Number(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Short(ushort number)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        return bytes;
    }
}
