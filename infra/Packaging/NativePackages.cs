using System.Runtime.InteropServices;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Packaging;

/// <summary>
/// Native AOT executables for <c>provided.al2023</c>, which wants the executable to be called <c>bootstrap</c>. They keep their own names in
/// <c>artifacts/functions</c>, where the simulator runs them too; a copy under the new name is all that is uploaded.
/// </summary>
internal sealed class NativePackages(string artifacts, Architecture architecture) : IFunctionPackages
{
    private const string Bootstrap = "bootstrap";

    /// <summary>The C library of Amazon Linux 2023; an executable that asks for a newer one does not start there.</summary>
    private static readonly Version AmazonLinux2023Glibc = new(2, 34);

    public FunctionPackage Of(FunctionSpec function)
    {
        string executable = Path.Combine(artifacts, "functions", function.Project, function.Project);
        if (!File.Exists(executable))
        {
            throw new DeploymentException($"{executable} is missing: run ./wab.cs publish first, or deploy with -c packaging=managed.");
        }

        Check(executable, ElfFile.TryRead(File.ReadAllBytes(executable)));
        string folder = Path.Combine(artifacts, "lambda", function.Project);
        Directory.CreateDirectory(folder);
        string bootstrap = Path.Combine(folder, Bootstrap);
        File.Copy(executable, bootstrap, overwrite: true);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Everybody = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
                | UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            File.SetUnixFileMode(bootstrap, Everybody | UnixFileMode.UserWrite);
        }

        return new FunctionPackage(folder, Bootstrap, "provided.al2023");
    }

    private void Check(string executable, ElfFile? elf)
    {
        if (elf is null)
        {
            throw new DeploymentException(
                $"{executable} is not a Linux executable for x64 or arm64. Publish on Linux (or in a Linux container), "
                + "or deploy with -c packaging=managed.");
        }

        if (elf.Architecture != architecture)
        {
            throw new DeploymentException(
                $"{executable} is built for {Word(elf.Architecture)}, the stack for {Word(architecture)}: "
                + $"deploy with -c architecture={Word(elf.Architecture)}, or ./wab.cs publish --architecture {Word(architecture)}.");
        }

        if (elf.Glibc > AmazonLinux2023Glibc)
        {
            throw new DeploymentException(
                $"{executable} needs glibc {elf.Glibc}, Amazon Linux 2023 has {AmazonLinux2023Glibc}: "
                + "publish on an older Linux (or in an Amazon Linux 2023 container), or deploy with -c packaging=managed.");
        }
    }

    private static string Word(Architecture value) => value.ToString().ToLowerInvariant();
}
