using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace WhatsAppBuffer.Benchmarks;

/// <summary>
/// What somebody waits for who has just heard of this: from cloning to the verdict on the first burst, on a machine that has the .NET SDK and nothing else.
/// Works in a clone of the current commit, with caches and build servers of its own. Downloads are done before, timed and weighed apart: they say
/// more of the network than of this repository.
/// </summary>
internal static class FirstRun
{
    private const string Scenario = "rapid-burst";
    private const string Simulator = "Simulator/App/App.csproj";

    // The lines of wab.cs that begin its waits.
    private const string Probe = "Looking which";
    private const string Answer = "AWS: ";
    private const string Build = "Building";

    public static async Task RunAsync(CancellationToken cancellation)
    {
        string load = Load();
        string home = Directory.CreateTempSubdirectory("wab-first-run-").FullName;
        var machine = new NewMachine(home);
        try
        {
            AnsiConsole.WriteLine("Fetching the packages into a cache of their own …");
            await machine.CloneAsync("fetch", cancellation);
            Timed fetch = await machine.RunAsync("fetch", cancellation, "dotnet", "wab.cs", "feed")
                + await machine.RunAsync("fetch", cancellation, "dotnet", "restore", Simulator);
            Timed restore = await machine.RunAsync("fetch", cancellation, "dotnet", "restore", Simulator, "--force");

            AnsiConsole.WriteLine("From cloning to the verdict …");
            machine.ForgetLauncher();
            Timed clone = await machine.CloneAsync("first", cancellation);
            Timed first = await machine.RunAsync("first", cancellation, "dotnet", "wab.cs", "scenario", Scenario);
            Timed second = await machine.RunAsync("first", cancellation, "dotnet", "wab.cs", "scenario", Scenario);

            double looking = first.Until(Probe), answered = first.Until(Answer), building = first.Until(Build), built = first.After(Build);
            var table = new Table().Title($"First run: clone, then ./wab.cs scenario {Scenario} (load {load} to {Load()}, {Environment.ProcessorCount} processors)")
                .AddColumn("part").AddColumn(new TableColumn("seconds").RightAligned());
            Add("clone", clone.Seconds);
            Add("compile the launcher", looking);
            Add("ask the package feed", answered - looking);
            Add($"build (its restore alone: {restore.Seconds:0.0} s)", built - building);
            Add("play the scenario", first.Seconds - built);
            Add("first run", clone.Seconds + first.Seconds);
            Add($"not counted: download of {machine.DownloadedMegabytes:0} MB", fetch.Seconds);
            Add("second run", second.Seconds);
            AnsiConsole.Write(table);

            void Add(string part, double seconds) => table.AddRow(part, seconds.ToString("0.0", CultureInfo.InvariantCulture));
        }
        finally
        {
            await machine.StopServersAsync();
            Directory.Delete(home, recursive: true);
        }
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    /// <summary>How long a command took, and when it printed its lines.</summary>
    private sealed record Timed(double Seconds, IReadOnlyList<(double At, string Text)> Lines)
    {
        public static Timed operator +(Timed one, Timed other) => new(one.Seconds + other.Seconds, []);

        public double Until(string beginning) => Lines.First(line => line.Text.StartsWith(beginning, StringComparison.Ordinal)).At;

        /// <summary>When the line after this one came.</summary>
        public double After(string beginning) => Lines.SkipWhile(line => !line.Text.StartsWith(beginning, StringComparison.Ordinal)).ElementAt(1).At;
    }

    /// <summary>A folder with all caches of the SDK, and an environment that has nothing of this machine but the SDK and its package sources.</summary>
    private sealed class NewMachine(string home)
    {
        private readonly string _servers = $"wab-first-run-{Environment.ProcessId}";

        private string Packages => Path.Combine(home, "packages");

        private string Data => Path.Combine(home, "data");

        public double DownloadedMegabytes =>
            Directory.EnumerateFiles(Packages, "*.nupkg", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1e6;

        public Task<Timed> CloneAsync(string name, CancellationToken cancellation) =>
            RunAsync("", cancellation, "git", "clone", "--quiet", "--no-hardlinks", Environment.CurrentDirectory, name);

        /// <summary>The SDK keeps compiled launchers in the folder for a user's data.</summary>
        public void ForgetLauncher() => Directory.Delete(Data, recursive: true);

        public async Task<Timed> RunAsync(string folder, CancellationToken cancellation, params string[] command)
        {
            var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = Path.Combine(home, folder), RedirectStandardOutput = true };
            foreach (string set in new[] { "UseSharedCompilation", "MSBUILDDISABLENODEREUSE", "DOTNET_CLI_USE_MSBUILD_SERVER", "DOTNET_TieredPGO", "CI" })
            {
                start.Environment.Remove(set);
            }

            start.Environment["NUGET_PACKAGES"] = Packages;
            start.Environment["NUGET_HTTP_CACHE_PATH"] = Path.Combine(home, "http");
            start.Environment["XDG_DATA_HOME"] = Directory.CreateDirectory(Data).FullName;
            start.Environment["SharedCompilationId"] = _servers;
            start.Environment["MSBUILDNODEHANDSHAKESALT"] = _servers;

            long began = Stopwatch.GetTimestamp();
            using Process process = Process.Start(start)!;
            var lines = new List<(double, string)>();
            while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
            {
                lines.Add((Stopwatch.GetElapsedTime(began).TotalSeconds, line));
            }

            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? new Timed(Stopwatch.GetElapsedTime(began).TotalSeconds, lines)
                : throw new InvalidOperationException($"`{string.Join(' ', command)}` failed: {string.Join('\n', lines.Select(line => line.Item2))}");
        }

        /// <summary>Nodes of MSBuild wait a quarter of an hour for more to do. (Nothing can stop a compiler's server of another name; it ends sooner.)</summary>
        public Task StopServersAsync() => RunAsync("", CancellationToken.None, "dotnet", "build-server", "shutdown", "--msbuild");
    }
}
