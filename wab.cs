#!/usr/bin/env -S dotnet --
// The one launcher of WhatsAppBuffer: finds out which package feed this machine has, builds what a command needs, runs it.
// `./wab.cs help` lists the commands. Windows: `dotnet run wab.cs -- help`. Without the -- dotnet keeps options for itself that are meant for
// us, such as -c.
#:property PublishAot=false
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

// Like all our programs, compilers are done before it pays that their code was instrumented: without it a build takes a quarter less.
Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");

string root = Launcher.Root();
string command = args.FirstOrDefault() ?? "help";
string[] rest = args.Skip(1).ToArray();
var launcher = new Launcher(root);

try
{
    return command switch
    {
        "up" => launcher.RunSimulatorWithPage(rest),
        "scenario" or "fidelity" => launcher.RunSimulator(command, rest),
        "redrive" => launcher.Redrive(rest),
        "build" => launcher.Build(rest),
        "test" => launcher.Test(rest),
        "gates" => launcher.Gates(rest),
        "mutation" => launcher.Mutation(rest),
        "bench" => launcher.Bench(rest),
        "feed" => launcher.LookAtFeed(),
        "publish" => launcher.Publish(rest),
        "synth" or "diff" or "deploy" => launcher.Cdk(command, rest),
        "check" => launcher.Check(rest),
        "help" or "--help" or "-h" => Launcher.Help(),
        _ => throw new LauncherException($"'{command}' is not a command of wab.cs. `./wab.cs help` lists them."),
    };
}
catch (LauncherException e)
{
    Console.Error.WriteLine($"wab: {e.Message}");
    return 2;
}

internal sealed class LauncherException(string message) : Exception(message);

internal sealed partial class Launcher(string root)
{
    private const string Solution = "WhatsAppBuffer.sln";
    private const string Simulator = "Simulator/App/App.csproj";
    private const string Page = "Simulator/Page/Page.csproj";
    private static readonly string[] Functions = ["OnRawMessages", "MessageAggregator", "WhatsAppEventHandler", "ConnectEventHandler", "SendWhatsAppMessage"];
    private const string CdkCli = "aws-cdk@2.1148.1";
    private const string Managed = "--managed";
    private const string ForArchitecture = "--architecture";
    private const string ForStage = "--stage";
    private const string Yes = "--yes";

    /// <summary>The CDK app's exit code when a deployment would take something away.</summary>
    private const int Taken = 3;
    private const string RedriveProgram = "Redrive/Redrive.csproj";
    private static readonly string[] RoomsOfRedrive = ["Redrive", "Functions/Contracts", "Topology", "eng"];
    private static readonly string[] RoomsOfSimulator = [.. RoomsOfRedrive, "Functions", "LocalAws", "ServiceDefaults", "Simulator", "tests/Fixtures"];
    private static readonly Dictionary<string, string> MutationTests = new()
    {
        ["clock"] = "LocalAws.Engine.Tests",
        ["windows"] = "LocalAws.Engine.Tests",
        ["aggregation"] = "MessageAggregator.Tests",
    };

    /// <summary>Where this file lies; the SDK tells it to file-based apps, however they were started.</summary>
    public static string Root() => AppContext.GetData("EntryPointFileDirectoryPath") as string
        ?? throw new LauncherException("wab.cs runs as a file: ./wab.cs or dotnet run wab.cs --.");

    public static int Help()
    {
        Console.WriteLine("""
            WhatsAppBuffer: one coherent message for the agent, however the customer types.

              ./wab.cs up [--port N] [--window SECONDS] [--speed FACTOR]   run the whole system here; Ctrl+C stops it
                          [--from-template FILE]                          … as a synthesized template declares it
                          [--storage dynamodb-local|localstack|aws]       … with the tables elsewhere; see docs/storage.md
                          [--quotas aws] [--no-dashboard]                 … with Connect's request quotas; without the Aspire dashboard
                          [--statuses] [--functions FOLDER]               … with statuses of sent messages; with published functions
                          [--attach FUNCTION]                             … with a function in your debugger; all options: ./wab.cs up --help
                          [--wiring guide]                                … without queues, as in the guide; see docs/adr/0007-queues-and-a-sweep.md
              ./wab.cs scenario NAME|FILE [--window SECONDS] [--speed FACTOR] [--quotas aws] [--wiring guide] [--functions FOLDER] [--rights]
                                                                          play a scenario and judge it; exit code 0 when it held
              ./wab.cs scenario                                           list the scenarios
              ./wab.cs fidelity [--aws] [RECORDING …]                     do again what was recorded on AWS, here or in your AWS account
              ./wab.cs test [dotnet test arguments]                       run all tests
              ./wab.cs gates [--quick]                                    white space, Release build, Native AOT of every function; quick: of one
              ./wab.cs mutation [clock|windows|aggregation]               change the code in small ways and see whether a test notices;
                                                                          prints score, coverage and what nobody noticed; takes minutes
              ./wab.cs bench [NAME]                                       run the benchmarks, or only aggregator, cold-start, delivery,
                                                                          invocations, throughput; or first-run, in a clone
              ./wab.cs publish [--architecture x64|arm64] [--managed]     publish the functions as Native AOT to artifacts/functions,
                                                                          or for the managed runtime to artifacts/managed
              ./wab.cs synth [cdk arguments] [--stage STAGE]              publish, then write the CloudFormation template to artifacts/cdk.out
              ./wab.cs diff [cdk arguments] [--stage STAGE]               publish, then show what a deployment would change
              ./wab.cs deploy [cdk arguments] [--stage STAGE] [--yes]     publish, then deploy to AWS, by the settings of deploy/STAGE.json;
                                                                          --yes: also what takes something away. See docs/deploy.md
              ./wab.cs check [--stage STAGE] [--send --from NUMBER] [--endpoint URL]
                                                                          what is missing between a deployed stack and a first message,
                                                                          with the step that mends it; --send tries it
              ./wab.cs redrive [QUEUE] [--dry-run] [--max N] [--prefix PREFIX] [--endpoint URL]
                                                                          put dead letters back, in your AWS account or at an endpoint
              ./wab.cs build [dotnet build arguments]                     build everything
              ./wab.cs feed                                               look again which packages your package feed has

            Anywhere but on Linux and macOS: dotnet run wab.cs -- COMMAND …
            """);
        return 0;
    }

    /// <summary>The page is a project of its own: what nobody looks at does not wait for its compiler.</summary>
    public int RunSimulatorWithPage(string[] arguments)
    {
        string executable = Built(Page, "WhatsAppBuffer.Simulator.Page.dll", RoomsOfSimulator, "the simulator, its page and the functions");
        return Run("dotnet", [executable, "up", .. arguments], workingDirectory: Environment.CurrentDirectory);
    }

    public int RunSimulator(string verb, string[] arguments)
    {
        string executable = Built(Simulator, "WhatsAppBuffer.Simulator.App.dll", RoomsOfSimulator, "the simulator and the functions");
        return Run("dotnet", [executable, verb, .. arguments], workingDirectory: Environment.CurrentDirectory);
    }

    public int Redrive(string[] arguments) =>
        Run("dotnet", [Built(RedriveProgram, "WhatsAppBuffer.Redrive.dll", RoomsOfRedrive, "the redrive"), .. arguments], workingDirectory: Environment.CurrentDirectory);

    /// <summary>A build that has nothing to do still takes seconds; so it is left out while no source is newer than the last one.</summary>
    private string Built(string project, string assembly, string[] rooms, string what)
    {
        UseFeed();
        string output = Path.Combine(root, Path.GetDirectoryName(project)!, "bin", "Debug", "net10.0");
        string stamp = Path.Combine(output, "built.stamp");
        if (NeedsBuild(stamp, rooms))
        {
            Console.WriteLine($"Building {what} …");
            Build(project);
            File.WriteAllText(stamp, "");
        }

        return Path.Combine(output, assembly);
    }

    /// <summary>Builds for whoever wants to run it: without analyzers, which cost twice what the compiler does. The whole build, as in CI, has them.</summary>
    private void Build(string project)
    {
        var output = new List<string>();
        int exit = Run("dotnet", ["build", project, "-p:RunAnalyzers=false", "--nologo", "-v", "quiet"], output.Add);
        if (exit != 0)
        {
            output.ForEach(Console.Error.WriteLine);
        }

        Require(exit, "The build failed; the errors are above.");
    }

    public int Build(string[] arguments) => Dotnet(["build", BuildableSolution(), "--nologo", .. arguments]);

    public int Test(string[] arguments)
    {
        string solution = BuildableSolution();
        Console.WriteLine("Building everything, then running the tests …");
        (int passed, int failed, int skipped) = (0, 0, 0);
        int exit = Run("dotnet", ["test", "--solution", solution, "--max-parallel-test-modules", "1", "--no-progress", "--no-ansi", .. arguments], line =>
        {
            Console.WriteLine(line);
            if (SummaryLine().Match(line) is { Success: true } match)
            {
                int count = int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
                _ = match.Groups["name"].Value switch
                {
                    "succeeded" => passed += count,
                    "failed" => failed += count,
                    _ => skipped += count,
                };
            }
        });
        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return exit;
    }

    /// <summary>What must hold beside the tests; the seconds of each part are printed.</summary>
    public int Gates(string[] arguments)
    {
        bool quick = arguments.Contains("--quick");
        Gate("white space", "Run `dotnet format whitespace . --folder` and commit what it changed.", () =>
            Dotnet(["format", "whitespace", ".", "--folder", "--verify-no-changes"]));
        string solution = BuildableSolution();
        // The tests' own build has the analyzers.
        Gate("Release build", "The errors are above.", () => Dotnet(["build", solution, "-c", "Release", "-p:RunAnalyzers=false", "--nologo", "-v", "quiet"]));
        Gate("Native AOT", "The errors are above.", () => Publish([], quick ? Functions[..1] : Functions));
        return 0;
    }

    private static void Gate(string name, string remedy, Func<int> check)
    {
        Console.WriteLine($"{name} …");
        long began = Stopwatch.GetTimestamp();
        Require(check(), $"The gate \"{name}\" is shut. {remedy}");
        Console.WriteLine($"{name}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
    }

    /// <summary>Stryker over the rooms where being wrong is dearest; eng/mutation says of each what is mutated, and the score that it must reach.</summary>
    public int Mutation(string[] arguments)
    {
        if (arguments.FirstOrDefault(room => !MutationTests.ContainsKey(room)) is { } unknown)
        {
            throw new LauncherException($"'{unknown}' is not a room of the mutation run: {string.Join(", ", MutationTests.Keys)}.");
        }

        UseFeed();
        Require(Dotnet(["tool", "restore"]), "dotnet-stryker could not be restored; the errors are above. Does your package feed have it?");
        string[] rooms = arguments.Length > 0 ? arguments : [.. MutationTests.Keys];
        return rooms.Max(Mutate);
    }

    private int Mutate(string room)
    {
        Console.WriteLine($"Mutating {room} …");
        string output = Path.Combine(root, "artifacts", "mutation", room);
        string report = Path.Combine(output, "reports", "mutation-report.json");
        if (File.Exists(report))
        {
            File.Delete(report);
        }

        int exit = Run(
            "dotnet",
            ["stryker", "--config-file", Path.Combine("..", "..", "eng", "mutation", $"{room}.json"), "--output", output, "--skip-version-check"],
            workingDirectory: Path.Combine(root, "tests", MutationTests[room]));
        if (!File.Exists(report))
        {
            throw new LauncherException($"Stryker left no report of {room}: its errors are above, or it was stopped.");
        }

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(report));
        (string Status, string Where)[] mutants =
        [
            .. from file in json.RootElement.GetProperty("files").EnumerateObject()
               from mutant in file.Value.GetProperty("mutants").EnumerateArray()
               select (mutant.GetProperty("status").GetString()!, DescribeMutant(file.Name, mutant)),
        ];
        int Count(params string[] statuses) => mutants.Count(mutant => statuses.Contains(mutant.Status));
        (int noticed, int run) = (Count("Killed", "Timeout"), Count("Killed", "Timeout", "Survived"));
        int all = run + Count("NoCoverage");
        foreach ((string status, string where) in mutants.Where(mutant => mutant.Status is "Survived" or "NoCoverage"))
        {
            Console.WriteLine($"  {(status == "Survived" ? "not noticed" : "not run    ")}  {where}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{room}: score {100.0 * noticed / all:0.0} % ({noticed} of {all} mutants noticed), coverage {100.0 * run / all:0.0} % ({run} run)"));
        return exit;
    }

    private string DescribeMutant(string file, JsonElement mutant)
    {
        string change = string.Join(' ', mutant.GetProperty("replacement").GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        int line = mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32();
        return $"{Path.GetRelativePath(root, Path.Combine(root, file))}:{line}: {mutant.GetProperty("mutatorName").GetString()}: {(change.Length > 100 ? change[..100] + "…" : change)}";
    }

    public int Bench(string[] arguments)
    {
        UseFeed();
        Console.WriteLine("Building the benchmarks …");
        return Dotnet(["run", "--project", "tests/Benchmarks", "-c", "Release", "--", .. arguments]);
    }

    public int Publish(string[] arguments) => Publish(arguments, Functions);

    private int Publish(string[] arguments, string[] functions)
    {
        bool managed = arguments.Contains(Managed);
        (string? architecture, string[] others) = TakeArchitecture(arguments);
        if (managed && architecture is not null)
        {
            throw new LauncherException($"{Managed} functions run on x64 and arm64 alike: leave {ForArchitecture} out.");
        }

        string[] kind = managed ? ["-p:PublishAot=false", "-p:UseAppHost=false"] : RuntimeFor(architecture);
        string folder = managed ? "managed" : "functions";
        UseFeed();
        foreach (string function in functions)
        {
            Console.WriteLine($"Publishing {function}{(managed ? "" : ", ahead of time: half a minute to minutes")} …");
            Require(
                Dotnet(["publish", $"Functions/{function}/{function}.csproj", "-c", "Release", .. kind,
                    "-o", $"artifacts/{folder}/{function}", "--nologo", "-v", "quiet", .. others.Where(a => a != Managed)]),
                $"Publishing {function} failed; the errors are above. Native AOT needs a C toolchain (Debian: apt-get install clang zlib1g-dev; macOS: xcode-select --install; Windows: the C++ build tools).");
        }

        return 0;
    }

    private static (string? Architecture, string[] Others) TakeArchitecture(string[] arguments)
    {
        int at = Array.IndexOf(arguments, ForArchitecture);
        if (at < 0)
        {
            return (null, arguments);
        }

        return at + 1 < arguments.Length && arguments[at + 1] is "x64" or "arm64"
            ? (arguments[at + 1], [.. arguments[..at], .. arguments[(at + 2)..]])
            : throw new LauncherException($"{ForArchitecture} is x64 or arm64.");
    }

    /// <summary>The runtime to publish for: this operating system's, on the processor asked for.</summary>
    private static string[] RuntimeFor(string? architecture)
    {
        string own = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        if (architecture is null || architecture == own)
        {
            return ["--use-current-runtime"];
        }

        if (OperatingSystem.IsLinux())
        {
            RequireCrossTools(architecture, own);
        }

        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return ["--runtime", $"{system}-{architecture}"];
    }

    private static void RequireCrossTools(string architecture, string own)
    {
        (string gcc, string packages) = architecture == "arm64"
            ? ("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu libc6-dev-arm64-cross")
            : ("x86_64-linux-gnu-gcc", "gcc-x86-64-linux-gnu libc6-dev-amd64-cross");
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] missing = [.. new[] { "clang", gcc }.Where(tool => !folders.Any(folder => File.Exists(Path.Combine(folder, tool))))];
        if (missing.Length > 0)
        {
            throw new LauncherException(
                $"Building for {architecture} on this {own} machine needs clang and a cross toolchain, and there is no {string.Join(" and no ", missing)} on the PATH. "
                + $"Install them (Debian: apt-get install clang {packages}), publish on an {architecture} machine, or deploy with -c packaging=managed, which needs neither.");
        }
    }

    public int Cdk(string verb, string[] arguments)
    {
        if (arguments.Contains("--help"))
        {
            return Run(Npx, ["--yes", CdkCli, verb, .. arguments], workingDirectory: Path.Combine(root, "infra"));
        }

        arguments = WithStage(arguments);
        (int refused, JsonElement settings) = ReadSettings(arguments, deployed: verb == "synth" ? null : DeployedStacks(verb, arguments));
        if (refused != 0 && verb == "deploy" && !arguments.Contains(Yes))
        {
            throw new LauncherException($"Nothing was deployed: what stands above as taken away is there today. Put it into the stage's file, or deploy with {Yes} if it is to go.");
        }

        // Ours alone: what the CDK asks about permissions it still asks.
        arguments = [.. arguments.Where(argument => argument != Yes)];
        string node = NodeMajor();
        bool managed = settings.GetProperty("Managed").GetBoolean();
        Publish(managed ? [Managed] : [ForArchitecture, settings.GetProperty("Architecture").GetString()!]);
        bool exists = settings.GetProperty("Exists").GetBoolean();
        string[] carried = settings.GetProperty("ConfigCreatedWith").GetString() is { } createdWith ? ["-c", $"configCreatedWith={createdWith}"] : [];
        string[] first = exists ? [] : ["-c", "firstDeployment=true"];
        string[] quiet = verb == "synth" ? ["--quiet"] : [];
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", node);
        int exit = Run(Npx, ["--yes", CdkCli, verb, .. quiet, .. arguments, .. carried, .. verb == "deploy" ? first : []], workingDirectory: Path.Combine(root, "infra"));
        if (exit == 0 && verb == "deploy" && !exists)
        {
            Console.WriteLine("It stands. Now its tables and the stack are protected against deletion, which a first deployment that fails could not have taken back …");
            exit = Run(Npx, ["--yes", CdkCli, verb, .. arguments], workingDirectory: Path.Combine(root, "infra"));
        }

        if (exit != 0)
        {
            Console.Error.WriteLine($"wab: cdk {verb} failed; its message is above. docs/deploy.md says what is needed, such as AWS credentials and a region for deploy (`aws sts get-caller-identity`).");
        }
        else if (verb == "synth")
        {
            string template = $"artifacts/cdk.out/{settings.GetProperty("StackName").GetString()}.template.json";
            Console.WriteLine($"The template is {template}. Try it: ./wab.cs up --from-template {template}; deploy it: ./wab.cs deploy{(arguments.FirstOrDefault(argument => argument.StartsWith("stage=", StringComparison.Ordinal)) is { } stage ? $" {ForStage} {stage[6..]}" : "")}.");
        }

        return exit;
    }

    public int Check(string[] arguments) =>
        Run("dotnet", [BuiltCdkApp(), "check", .. WithStage(arguments)], workingDirectory: Path.Combine(root, "infra"));

    private string BuiltCdkApp() => Built("infra/Infra.csproj", "WhatsAppBuffer.Infra.dll", ["infra", "Topology"], "the CDK app");

    /// <summary><c>--stage S</c> is the context key <c>stage</c>.</summary>
    private static string[] WithStage(string[] arguments)
    {
        int at = Array.IndexOf(arguments, ForStage);
        if (at < 0)
        {
            return arguments;
        }

        return at + 1 < arguments.Length
            ? [.. arguments[..at], "-c", $"stage={arguments[at + 1]}", .. arguments[(at + 2)..]]
            : throw new LauncherException($"{ForStage} needs the name of a file in deploy/, such as {ForStage} production.");
    }

    /// <summary>What the CDK app makes of the settings, with all that is wrong with them at once, before anything is published.</summary>
    private (int Refused, JsonElement Settings) ReadSettings(string[] arguments, string? deployed)
    {
        string program = BuiltCdkApp();
        string line = "{}";
        string[] compared = deployed is null ? [] : ["--deployed", deployed];
        int exit = Run("dotnet", [program, "settings", .. arguments, .. compared], said => line = said, workingDirectory: Path.Combine(root, "infra"));
        if (exit is not (0 or Taken))
        {
            throw new LauncherException("The settings are wrong; what is wrong with them is above.");
        }

        using JsonDocument json = JsonDocument.Parse(line);
        return (exit, json.RootElement.Clone());
    }

    /// <summary>A file with what the account's stacks say of themselves; null where nobody can be asked.</summary>
    private string? DeployedStacks(string verb, string[] arguments)
    {
        string[] who = [.. arguments.SelectMany((argument, i) => argument is "--profile" && i + 1 < arguments.Length ? ["--profile", arguments[i + 1]] : Array.Empty<string>())];
        var output = new List<string>();
        int exit;
        try
        {
            exit = Run("aws", ["cloudformation", "describe-stacks", "--output", "json", .. who], output.Add);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            exit = -1;
        }

        if (exit == 0)
        {
            string file = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "artifacts")).FullName, "deployed-stacks.json");
            File.WriteAllLines(file, output);
            return file;
        }

        string why = exit < 0 ? "there is no AWS CLI (`aws`) on the PATH" : "the AWS CLI could not list stacks; its message is above";
        if (verb == "deploy" && !arguments.Contains(Yes))
        {
            throw new LauncherException($"What is deployed could not be looked at: {why}. Without that nobody can tell what this deployment would take away: mend it, or deploy with {Yes}.");
        }

        Console.Error.WriteLine($"wab: what is deployed is not compared with: {why}.");
        return null;
    }

    private static string Npx => OperatingSystem.IsWindows() ? "npx.cmd" : "npx";

    /// <exception cref="LauncherException">There is no Node.js.</exception>
    private string NodeMajor()
    {
        string version = "";
        try
        {
            Require(Run("node", ["--version"], line => version = line), "`node --version` failed.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new LauncherException("The CDK needs Node.js 20 or newer, and there is no `node` on the PATH. Install it (Debian: apt-get install nodejs npm), then try again.");
        }

        return version.TrimStart('v').Split('.')[0];
    }

    private string FeedAnswers => Path.Combine(root, "feed.user.props");

    /// <summary>What was found on the package feed; looks when nobody has yet.</summary>
    private string UseFeed()
    {
        RequireSdk();
        string answers = File.Exists(FeedAnswers) ? File.ReadAllText(FeedAnswers) : "";
        if (!answers.Contains("<AspireFeed>", StringComparison.Ordinal))
        {
            LookAtFeed();
            answers = File.ReadAllText(FeedAnswers);
        }

        return answers;
    }

    /// <summary>Asks the feed for the packages that decide how to build, and remembers its two answers in feed.user.props.</summary>
    public int LookAtFeed()
    {
        RequireSdk();
        Console.WriteLine("Looking which AWS and Aspire packages your package feed has …");
        var output = new List<string>();
        int exit = Run("dotnet", ["restore", "eng/limited-feed/Probe", "--force", "--no-http-cache", "--nologo", "-v", "quiet"], output.Add);
        string[] missing = [.. output.Select(line => MissingPackage().Match(line)).Where(match => match.Success).Select(match => match.Groups["id"].Value)];
        // A package that is missing is an answer; whatever else goes wrong, such as a source that cannot be reached, is none.
        if (output.Exists(line => line.Contains(": error ") && !MissingError().IsMatch(line)) || (exit != 0 && missing.Length == 0))
        {
            output.Distinct().ToList().ForEach(Console.Error.WriteLine);
            throw new LauncherException("The package feed could not be asked; the errors are above. Check the network and your NuGet sources, then try again.");
        }

        bool aspire = !missing.Any(IsAspire);
        bool aws = missing.All(IsAspire);
        static string Answer(bool all) => all ? "full" : "limited";
        File.WriteAllText(FeedAnswers, $"<Project><PropertyGroup><PackageFeed>{Answer(aws)}</PackageFeed><AspireFeed>{Answer(aspire)}</AspireFeed></PropertyGroup></Project>\n");
        Console.WriteLine((aws ? "AWS: it has all, using the official packages." : "AWS: it lacks some, using the stand-ins in eng/limited-feed.")
            + (aspire ? " Aspire: it has it." : " Aspire: it lacks it, so AppHost is left out of build and test.")
            + " (./wab.cs feed looks again.)");
        return 0;
    }

    private static bool IsAspire(string package) => package is "Aspire.AppHost.Sdk" or "Aspire.Hosting.AppHost";

    /// <summary>
    /// The solution, or, where the feed lacks Aspire, a filter of it without AppHost: nothing can load a project whose SDK is missing.
    /// </summary>
    private string BuildableSolution()
    {
        if (UseFeed().Contains("<AspireFeed>full<", StringComparison.Ordinal))
        {
            return Solution;
        }

        IEnumerable<string> projects = SolutionProject().Matches(File.ReadAllText(Path.Combine(root, Solution)))
            .Select(match => match.Groups["path"].Value)
            .Where(path => !path.Contains("AppHost", StringComparison.Ordinal))
            .Select(path => $"\"{path.Replace("\\", "/", StringComparison.Ordinal)}\"");
        string filter = Path.Combine(root, "artifacts", "without-apphost.slnf");
        Directory.CreateDirectory(Path.GetDirectoryName(filter)!);
        File.WriteAllText(filter, $$"""{ "solution": { "path": "../{{Solution}}", "projects": [{{string.Join(", ", projects)}}] } }""");
        Console.WriteLine("AppHost is left out: the package feed lacks Aspire.");
        return filter;
    }

    private static void RequireSdk()
    {
        if (Environment.Version.Major < 10)
        {
            throw new LauncherException($".NET 10 or newer is needed, this is {Environment.Version}. Install the .NET SDK 10: https://dot.net/download");
        }
    }

    private bool NeedsBuild(string stamp, string[] rooms)
    {
        if (!File.Exists(stamp))
        {
            return true;
        }

        DateTime built = File.GetLastWriteTimeUtc(stamp);
        string separator = Path.DirectorySeparatorChar.ToString();
        return rooms
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(root, room), "*", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{separator}bin{separator}") && !file.Contains($"{separator}obj{separator}"))
            .Concat(Directory.EnumerateFiles(root, "*.props"))
            .Concat(Directory.EnumerateFiles(root, "*.targets"))
            .Any(file => File.GetLastWriteTimeUtc(file) > built);
    }

    private int Dotnet(string[] arguments) => Run("dotnet", arguments);

    private int Run(string file, IEnumerable<string> arguments, Action<string>? onLine = null, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = workingDirectory ?? root, RedirectStandardOutput = onLine is not null };
        if (onLine is not null)
        {
            // What is read here is read in English.
            start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        }

        using var process = new Process { StartInfo = start };
        // Ctrl+C reaches the child as well, SIGTERM does not; the child decides how to end, the launcher waits for it.
        Console.CancelKeyPress += (_, e) => e.Cancel = true;
        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            Terminate(process);
        });
        // After that: what runs may say that it is ready, and be told to end, before the next line here.
        process.Start();
        if (onLine is not null)
        {
            while (process.StandardOutput.ReadLine() is { } line)
            {
                onLine(line);
            }
        }

        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
            return;
        }

        const int Sigterm = 15;
        if (SendSignal(process.Id, Sigterm) != 0)
        {
            Console.Error.WriteLine($"wab: process {process.Id} could not be told to end: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);

    private static void Require(int exitCode, string message)
    {
        if (exitCode != 0)
        {
            throw new LauncherException(message);
        }
    }

    [GeneratedRegex(@"^\s+(?<name>succeeded|failed|skipped): (?<count>\d+)\s*$")]
    private static partial Regex SummaryLine();

    [GeneratedRegex("error NU110[123]: ")]
    private static partial Regex MissingError();

    [GeneratedRegex(@"error NU110[123]: .*?\bpackage '?(?<id>\w+(\.\w+)*)")]
    private static partial Regex MissingPackage();

    [GeneratedRegex(@"""(?<path>[^""]+\.csproj)""")]
    private static partial Regex SolutionProject();
}
