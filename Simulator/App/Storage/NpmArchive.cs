using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace WhatsAppBuffer.Simulator.App.Storage;

/// <summary>Files of an npm package, fetched once into the checkout. Nothing of it is run, and nothing that it depends on is fetched.</summary>
/// <param name="Package">With its version.</param>
/// <param name="FolderInArchive">Which files: those of this folder, with a slash at its end.</param>
/// <param name="Mark">The file without which there is nothing.</param>
/// <param name="Name">Of the folder under <c>artifacts</c>.</param>
internal sealed record NpmArchive(string Package, string FolderInArchive, string Mark, string Name)
{
    /// <summary>The git-ignored folder of the checkout that this program was built in; else one beside the program.</summary>
    private string CacheFolder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WhatsAppBuffer.sln")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "artifacts", Name);
        }
    }

    /// <summary>Finds the files, or fetches them.</summary>
    /// <returns>Their folder.</returns>
    /// <exception cref="UserErrorException">They cannot be fetched; the message says what to install.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        string cacheFolder = CacheFolder;
        if (!File.Exists(Path.Combine(cacheFolder, Mark)))
        {
            await FetchAsync(cacheFolder, cancellationToken);
        }

        return cacheFolder;
    }

    /// <summary>The folder appears whole or not at all, also when two programs fetch at once.</summary>
    private async Task FetchAsync(string cacheFolder, CancellationToken cancellationToken)
    {
        string parent = Path.GetDirectoryName(Path.GetFullPath(cacheFolder))!;
        Directory.CreateDirectory(parent);
        string work = Path.Combine(parent, $".{Name}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(work);
        try
        {
            string archive = await PackAsync(work, cancellationToken);
            string files = Path.Combine(work, "files");
            await ExtractAsync(archive, files, cancellationToken);
            Directory.Move(files, cacheFolder);
        }
        catch (IOException) when (File.Exists(Path.Combine(cacheFolder, Mark)))
        {
            // Another program was quicker.
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private async Task<string> PackAsync(string folder, CancellationToken cancellationToken)
    {
        (string shell, string[] first) = OperatingSystem.IsWindows() ? ("cmd", ["/c", "npm"]) : ("npm", Array.Empty<string>());
        var start = new ProcessStartInfo(shell, [.. first, "pack", Package, "--silent"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process npm = Process.Start(start)!;
            Task<string> output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
            string errors = await npm.StandardError.ReadToEndAsync(cancellationToken);
            await npm.WaitForExitAsync(cancellationToken);
            return Directory.EnumerateFiles(folder, "*.tgz").FirstOrDefault()
                ?? throw new UserErrorException($"`npm pack {Package}` answered: {(await output + errors).Trim()} {Remedy}");
        }
        catch (Win32Exception e)
        {
            throw new UserErrorException($"npm, which fetches {Package}, was not found. {Remedy}", e);
        }
    }

    private static string Remedy => "Install npm (Debian: apt-get install npm) and see that it reaches a registry.";

    private async Task ExtractAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        await using FileStream file = File.OpenRead(archive);
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        await using var tar = new TarReader(unzipped);
        while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && entry.Name.StartsWith(FolderInArchive, StringComparison.Ordinal))
            {
                string path = Path.GetFullPath(Path.Combine(folder, entry.Name[FolderInArchive.Length..]));
                if (path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    await entry.ExtractToFileAsync(path, overwrite: false, cancellationToken);
                }
            }
        }
    }
}
