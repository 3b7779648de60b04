using System.Buffers.Binary;
using System.Text;

namespace Infra.Tests.Synthesis;

/// <summary>Builds the smallest Linux executable that names a processor and the library versions it needs. It cannot run.</summary>
internal static class Elf
{
    public const ushort X64 = 62;
    public const ushort Arm64 = 183;
    private const int Header = 64;
    private const int SectionSize = 64;

    /// <param name="machine">e_machine.</param>
    /// <param name="libraries">For each library the versions that are needed of it.</param>
    public static byte[] Build(ushort machine, params string[][] libraries)
    {
        byte[] strings = Encoding.ASCII.GetBytes("\0" + string.Concat(libraries.SelectMany(versions => versions).Select(version => version + "\0")));
        byte[] needs = Needs(libraries);
        byte[] file = new byte[Header + (3 * SectionSize) + strings.Length + needs.Length];
        Span<byte> all = file;
        byte[] magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        magic.CopyTo(all);
        U16(all[18..], machine);
        U64(all[40..], Header);
        U16(all[58..], SectionSize);
        U16(all[60..], 3);
        int stringsAt = Header + (3 * SectionSize);
        int needsAt = stringsAt + strings.Length;
        Section(all[(Header + SectionSize)..], type: 3, stringsAt, strings.Length, link: 0, info: 0);
        Section(all[(Header + (2 * SectionSize))..], type: 0x6ffffffe, needsAt, needs.Length, link: 1, info: libraries.Length);
        strings.CopyTo(all[stringsAt..]);
        needs.CopyTo(all[needsAt..]);
        return file;
    }

    private static byte[] Needs(string[][] libraries)
    {
        byte[] bytes = new byte[libraries.Sum(versions => 16 + (16 * versions.Length))];
        (int at, int name) = (0, 1);
        for (int library = 0; library < libraries.Length; library++)
        {
            string[] versions = libraries[library];
            Span<byte> need = bytes.AsSpan(at);
            U16(need[2..], (ushort)versions.Length);
            U32(need[8..], 16);
            U32(need[12..], library == libraries.Length - 1 ? 0u : (uint)(16 + (16 * versions.Length)));
            for (int i = 0; i < versions.Length; i++)
            {
                Span<byte> auxiliary = need[(16 + (16 * i))..];
                U32(auxiliary[8..], (uint)name);
                U32(auxiliary[12..], i == versions.Length - 1 ? 0u : 16u);
                name += versions[i].Length + 1;
            }

            at += 16 + (16 * versions.Length);
        }

        return bytes;
    }

    private static void Section(Span<byte> section, uint type, int offset, int size, uint link, int info)
    {
        U32(section[4..], type);
        U64(section[24..], (ulong)offset);
        U64(section[32..], (ulong)size);
        U32(section[40..], link);
        U32(section[44..], (uint)info);
    }

    private static void U16(Span<byte> bytes, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);

    private static void U32(Span<byte> bytes, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);

    private static void U64(Span<byte> bytes, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
}
