using System.Runtime.InteropServices;
using Infra.Tests.Synthesis;
using WhatsAppBuffer.Infra;
using WhatsAppBuffer.Infra.Packaging;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace Infra.Tests.Packaging;

public sealed class FunctionPackagesTests : IDisposable
{
    private static readonly FunctionSpec Function = FunctionSpecs.OnRawMessages;
    private readonly TemporaryFolder _artifacts = new();

    public void Dispose() => _artifacts.Dispose();

    [Fact]
    public void A_native_function_is_uploaded_alone_under_the_name_that_Lambda_starts()
    {
        byte[] executable = Elf.Build(Elf.X64, ["GLIBC_2.34"]);
        Publish(executable);
        _artifacts.Write("functions/OnRawMessages/OnRawMessages.dbg", [1]);

        FunctionPackage package = Native().Of(Function);

        string file = Assert.Single(Directory.GetFiles(package.Directory));
        Assert.Equal(("bootstrap", "bootstrap"), (Path.GetFileName(file), package.Handler));
        Assert.Equal(executable, File.ReadAllBytes(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherExecute));
        }
    }

    [Fact]
    public void A_function_that_was_published_again_replaces_the_one_before()
    {
        Publish(Elf.Build(Elf.X64, ["GLIBC_2.17"]));
        Native().Of(Function);
        byte[] newer = Elf.Build(Elf.X64, ["GLIBC_2.34"]);
        Publish(newer);

        FunctionPackage package = Native().Of(Function);

        Assert.Equal(newer, File.ReadAllBytes(Path.Combine(package.Directory, "bootstrap")));
    }

    [Fact]
    public void A_function_that_is_not_published_is_asked_for()
    {
        var refused = Assert.Throws<DeploymentException>(() => Native().Of(Function));

        Assert.EndsWith("OnRawMessages is missing: run ./wab.cs publish first, or deploy with -c packaging=managed.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executable_that_Amazon_Linux_2023_cannot_start_is_refused()
    {
        Publish(Elf.Build(Elf.X64, ["GLIBC_2.38"]));

        var refused = Assert.Throws<DeploymentException>(() => Native().Of(Function));

        Assert.Contains("needs glibc 2.38, Amazon Linux 2023 has 2.34", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executable_for_another_processor_is_refused()
    {
        Publish(Elf.Build(Elf.Arm64, ["GLIBC_2.34"]));

        var refused = Assert.Throws<DeploymentException>(() => Native().Of(Function));

        Assert.Contains("is built for arm64, the stack for x64: deploy with -c architecture=arm64, or ./wab.cs publish --architecture x64.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_executable_of_another_system_is_refused()
    {
        Publish("MZ"u8.ToArray());

        var refused = Assert.Throws<DeploymentException>(() => Native().Of(Function));

        Assert.Contains("is not a Linux executable for x64 or arm64", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_managed_function_is_its_folder_started_by_the_name_of_its_assembly()
    {
        _artifacts.Write("managed/OnRawMessages/OnRawMessages.dll", []);
        _artifacts.Write("managed/OnRawMessages/OnRawMessages.runtimeconfig.json", []);

        FunctionPackage package = IFunctionPackages.Create(PackageKind.Managed, _artifacts.Path, Architecture.X64).Of(Function);

        Assert.Equal((Path.Combine(_artifacts.Path, "managed", "OnRawMessages"), "OnRawMessages"), (package.Directory, package.Handler));
    }

    [Theory]
    [InlineData("OnRawMessages.dll")]
    [InlineData("OnRawMessages.runtimeconfig.json")]
    public void A_managed_function_that_is_not_published_is_asked_for(string missing)
    {
        foreach (string file in (string[])["OnRawMessages.dll", "OnRawMessages.runtimeconfig.json"])
        {
            if (file != missing)
            {
                _artifacts.Write($"managed/OnRawMessages/{file}", []);
            }
        }

        var refused = Assert.Throws<DeploymentException>(() => IFunctionPackages.Create(PackageKind.Managed, _artifacts.Path, Architecture.X64).Of(Function));

        Assert.EndsWith($"{missing} is missing: run ./wab.cs publish --managed first.", refused.Message, StringComparison.Ordinal);
    }

    private void Publish(byte[] executable) => _artifacts.Write("functions/OnRawMessages/OnRawMessages", executable);

    private IFunctionPackages Native() => IFunctionPackages.Create(PackageKind.Native, _artifacts.Path, Architecture.X64);
}
