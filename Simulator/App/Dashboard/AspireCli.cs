using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WhatsAppBuffer.Simulator.App.Dashboard;

/// <summary>The Aspire CLI: one that is installed, or the one that npm carries.</summary>
/// <param name="searchPath">Value of <c>PATH</c>.</param>
/// <param name="toolFolder">Where the package of npm is, or goes to.</param>
internal sealed class AspireCli(string searchPath, string toolFolder)
{
    private const string Package = "@microsoft/aspire-cli-linux-x64";
    private const string Version = "^13.5.4";

    /// <summary>Its executable, or null when there is none yet.</summary>
    public string? Find() => FindProgram("aspire") ?? (File.Exists(Packaged) ? Packaged : null);

    /// <summary>Whether <see cref="InstallAsync"/> can be tried: npm carries a glibc build for Linux on x64.</summary>
    public bool CanInstall =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 && FindProgram("npm") is not null;

    /// <summary>Installs the package of npm into the tool folder: once, about 150 MB.</summary>
    /// <returns>The executable, or null when npm failed.</returns>
    public async Task<string?> InstallAsync(CancellationToken cancellationToken)
    {
        // Beside its place until it is whole: an installation that was stopped half-way must not look like one.
        string unfinished = $"{toolFolder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(unfinished);
        try
        {
            if (await FetchAsync(unfinished, cancellationToken))
            {
                Keep(unfinished);
            }

            return File.Exists(Packaged) ? Packaged : null;
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }
    }

    private async Task<bool> FetchAsync(string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(FindProgram("npm")!, ["install", "--prefix", folder, "--no-audit", "--no-fund", $"{Package}@{Version}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process npm = Process.Start(start)!;
        npm.StandardInput.Close();
        try
        {
            await Task.WhenAll(
                npm.StandardOutput.ReadToEndAsync(cancellationToken),
                npm.StandardError.ReadToEndAsync(cancellationToken),
                npm.WaitForExitAsync(cancellationToken));
            return npm.ExitCode == 0;
        }
        finally
        {
            if (!npm.HasExited)
            {
                npm.Kill(entireProcessTree: true);
                await npm.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private void Keep(string installed)
    {
        try
        {
            if (Directory.Exists(toolFolder) && !File.Exists(Packaged))
            {
                Directory.Delete(toolFolder, recursive: true);
            }

            Directory.Move(installed, toolFolder);
        }
        catch (IOException) when (File.Exists(Packaged))
        {
            // Another simulator was quicker.
        }
    }

    private string Packaged => Path.Combine(toolFolder, "node_modules", "@microsoft", "aspire-cli-linux-x64", "bin", "aspire");

    private string? FindProgram(string name)
    {
        string[] names = OperatingSystem.IsWindows() ? [$"{name}.exe", $"{name}.cmd"] : [name];
        return searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(file => Path.Combine(folder, file)))
            .FirstOrDefault(File.Exists);
    }
}
