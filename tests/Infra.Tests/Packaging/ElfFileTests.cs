using System.Runtime.InteropServices;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Infra.Packaging;

namespace Infra.Tests.Packaging;

public class ElfFileTests
{
    [Theory]
    [InlineData(Elf.X64, Architecture.X64)]
    [InlineData(Elf.Arm64, Architecture.Arm64)]
    public void An_executable_names_its_processor(ushort machine, Architecture architecture)
    {
        Assert.Equal(architecture, ElfFile.TryRead(Elf.Build(machine, ["GLIBC_2.17"]))!.Architecture);
    }

    [Fact]
    public void The_newest_version_of_the_C_library_counts_by_number_over_all_libraries()
    {
        byte[] file = Elf.Build(Elf.X64, ["GLIBC_2.4", "GLIBC_2.34", "GLIBC_2.9"], ["GLIBC_2.29", "GLIBC_PRIVATE", "GCC_4.2.0"]);

        Assert.Equal(new Version(2, 34), ElfFile.TryRead(file)!.Glibc);
    }

    [Fact]
    public void A_static_executable_needs_no_C_library()
    {
        Assert.Equal(new ElfFile(Architecture.X64, null), ElfFile.TryRead(Elf.Build(Elf.X64)));
    }

    [Fact]
    public void Anything_else_is_not_an_executable_for_Lambda()
    {
        Assert.Null(ElfFile.TryRead([]));
        Assert.Null(ElfFile.TryRead(new byte[200]));
        Assert.Null(ElfFile.TryRead(Elf.Build(machine: 3)));
        Assert.Null(ElfFile.TryRead("MZ"u8.ToArray()));
    }

    [Fact]
    public void A_real_executable_is_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no ELF executable at hand.");

        ElfFile elf = ElfFile.TryRead(File.ReadAllBytes("/proc/self/exe"))!;

        Assert.Equal(RuntimeInformation.ProcessArchitecture, elf.Architecture);
    }
}
