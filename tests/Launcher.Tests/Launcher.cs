using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Launcher.Tests;

/// <summary>What the launcher printed, and how it ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors);

/// <summary>All tests share the launcher, which takes seconds to compile, and so run one after the other.</summary>
[CollectionDefinition(nameof(Launcher))]
public sealed class LauncherCollection : ICollectionFixture<Launcher>;

/// <summary>The launcher in a folder of its own, with a package feed that is a folder: NuGet and the SDK are the real ones, and no network is asked.</summary>
public sealed class Launcher : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("wab-tests-").FullName;
    private int _feeds;

    public Launcher()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "launcher");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_home, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Directory.CreateDirectory(Path.Combine(_home, "data"));
    }

    /// <summary>The packages that decide how to build, in the versions that are asked for.</summary>
    public IReadOnlyDictionary<string, string> DecidingPackages
    {
        get
        {
            string limitedFeed = Path.Combine(_home, "eng", "limited-feed");
            Dictionary<string, string> versions = Elements(Path.Combine(_home, "Directory.Packages.props"), "PackageVersion").ToDictionary(Id, Version);
            XElement sdk = Elements(Path.Combine(limitedFeed, "Probe", "Probe.csproj"), "PackageDownload").Single(element => Id(element) == "Aspire.AppHost.Sdk");
            return Elements(Path.Combine(limitedFeed, "packages.props"), "StandInPackage").SelectMany(element => Id(element).Split(';'))
                .Concat(["Aspire.Hosting.AWS", "Aspire.Hosting.AppHost"])
                .ToDictionary(id => id, id => versions[id])
                .Append(KeyValuePair.Create(Id(sdk), Version(sdk).Trim('[', ']')))
                .ToDictionary();
        }
    }

    /// <summary>What the launcher remembers of the feed; null when it remembers nothing.</summary>
    public string? Answers => File.Exists(AnswersFile) ? File.ReadAllText(AnswersFile) : null;

    /// <summary>The solution as it is built without Aspire.</summary>
    public string SolutionWithoutAppHost => File.ReadAllText(Path.Combine(_home, "artifacts", "without-apphost.slnf"));

    private string AnswersFile => Path.Combine(_home, "feed.user.props");

    /// <summary>The only package source from now on holds these packages; what was remembered of another is forgotten.</summary>
    public void UseFeed(IEnumerable<KeyValuePair<string, string>> packages)
    {
        string feed = Path.Combine(_home, $"feed-{++_feeds}");
        Directory.CreateDirectory(feed);
        foreach ((string id, string version) in packages)
        {
            using ZipArchive package = ZipFile.Open(Path.Combine(feed, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
            using var nuspec = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open());
            nuspec.Write($"<package><metadata><id>{id}</id><version>{version}</version><authors>a</authors><description>d</description></metadata></package>");
        }

        UseSource(feed);
    }

    /// <summary>The only package source from now on.</summary>
    public void UseSource(string source)
    {
        File.WriteAllText(
            Path.Combine(_home, "nuget.config"),
            $"""<configuration><packageSources><clear /><add key="test" value="{source}" allowInsecureConnections="true" /></packageSources></configuration>""");
        File.Delete(AnswersFile);
    }

    /// <summary>Compiles the launcher.</summary>
    public async ValueTask InitializeAsync()
    {
        Ended built = await DotnetAsync("build", "wab.cs");
        Assert.True(built.ExitCode == 0, built.Output);
    }

    internal Task<Ended> RunAsync(params string[] arguments) => DotnetAsync(["run", "--no-build", "wab.cs", "--", .. arguments]);

    /// <summary>Sends the launcher SIGTERM as soon as the program that it runs has printed "ready".</summary>
    /// <param name="tools">A folder of programs that come before the machine's own.</param>
    /// <param name="arguments">The launcher's.</param>
    internal Task<Ended> RunUntilReadyAsync(string tools, params string[] arguments) => StartAsync(
        ["run", "--no-build", "wab.cs", "--", .. arguments],
        start => start.Environment["PATH"] = $"{tools}:{start.Environment["PATH"]}",
        (process, line) =>
        {
            if (line == "ready")
            {
                using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
                kill.WaitForExit();
            }
        });

    private Task<Ended> DotnetAsync(params string[] arguments) => StartAsync(arguments, _ => { }, (_, _) => { });

    private async Task<Ended> StartAsync(string[] arguments, Action<ProcessStartInfo> prepare, Action<Process, string> onLine)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = _home,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("CI");
        start.Environment["XDG_DATA_HOME"] = Path.Combine(_home, "data");
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_home, $"packages-{_feeds}");
        prepare(start);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            output.AppendLine(line);
            onLine(process, line);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ended(process.ExitCode, output.ToString(), await errors);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_home, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static IEnumerable<XElement> Elements(string file, string name) => XDocument.Load(file).Descendants(name);

    private static string Id(XElement element) => (string)element.Attribute("Include")!;

    private static string Version(XElement element) => (string)element.Attribute("Version")!;
}
