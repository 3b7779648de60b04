using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace WhatsAppBuffer.Infra.Packaging;

/// <summary>What a Linux executable says about where it can run (System V ABI; Linux Standard Base, symbol versioning).</summary>
/// <param name="Architecture">The processor it was built for.</param>
/// <param name="Glibc">The newest version of the C library that it asks for; null when it asks for none.</param>
internal sealed record ElfFile(Architecture Architecture, Version? Glibc)
{
    private const int VersionNeedSection = 0x6ffffffe;
    private const string GlibcPrefix = "GLIBC_";

    /// <param name="bytes">The file's content.</param>
    /// <returns>Null for anything but a 64-bit little-endian executable for x64 or arm64.</returns>
    public static ElfFile? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 64 || !bytes.StartsWith("\u007fELF"u8) || bytes[4] != 2 || bytes[5] != 1)
        {
            return null;
        }

        Architecture? architecture = U16(bytes[18..]) switch
        {
            62 => System.Runtime.InteropServices.Architecture.X64,
            183 => System.Runtime.InteropServices.Architecture.Arm64,
            _ => null,
        };
        return architecture is null ? null : new ElfFile(architecture.Value, NewestGlibc(bytes));
    }

    private static Version? NewestGlibc(ReadOnlySpan<byte> bytes)
    {
        Version? newest = null;
        foreach (string name in NeededVersions(bytes))
        {
            if (name.StartsWith(GlibcPrefix, StringComparison.Ordinal)
                && Version.TryParse(name[GlibcPrefix.Length..], out Version? version)
                && (newest is null || version > newest))
            {
                newest = version;
            }
        }

        return newest;
    }

    private static List<string> NeededVersions(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> sections = bytes[(int)U64(bytes[40..])..];
        (int size, int count) = (U16(bytes[58..]), U16(bytes[60..]));
        var names = new List<string>();
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> section = sections[(i * size)..];
            if (U32(section[4..]) == VersionNeedSection)
            {
                ReadOnlySpan<byte> strings = sections[((int)U32(section[40..]) * size)..];
                Collect(bytes[Offset(section)..], (int)U32(section[44..]), bytes[Offset(strings)..], names);
            }
        }

        return names;
    }

    /// <summary>
    /// One entry for each library (count at 2, first version at 8, next entry at 12), in it one for each version (name at 8, next at 12).
    /// </summary>
    private static void Collect(ReadOnlySpan<byte> libraries, int count, ReadOnlySpan<byte> strings, List<string> names)
    {
        for (int library = 0; library < count; library++)
        {
            ReadOnlySpan<byte> version = libraries[(int)U32(libraries[8..])..];
            for (int i = U16(libraries[2..]); i > 0; i--)
            {
                ReadOnlySpan<byte> name = strings[(int)U32(version[8..])..];
                names.Add(Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]));
                version = version[(int)U32(version[12..])..];
            }

            libraries = libraries[(int)U32(libraries[12..])..];
        }
    }

    private static int Offset(ReadOnlySpan<byte> section) => (int)U64(section[24..]);

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong U64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
