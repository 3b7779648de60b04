using LocalAws.Lambda.Functions;

namespace LocalAws.Tests.Lambda.Runtimes;

/// <summary>Function programs for tests: scripts that speak the Runtime API, unpacked once to a temporary folder.</summary>
internal static class Runtime
{
    private static readonly Lazy<string> Folder = new(Unpack);

    public static FunctionCode.Program Python => new(Find("python3", "python"), Path.Combine(Folder.Value, "runtime.py"));

    public static FunctionCode.Program Node => new(Find("node"), Path.Combine(Folder.Value, "runtime.mjs"));

    private static string Unpack()
    {
        string folder = Directory.CreateTempSubdirectory("lambda-runtimes-").FullName;
        foreach (string name in new[] { "runtime.py", "runtime.mjs" })
        {
            using Stream source = typeof(Runtime).Assembly.GetManifestResourceStream($"Runtimes/{name}")!;
            using FileStream target = File.Create(Path.Combine(folder, name));
            source.CopyTo(target);
        }

        return folder;
    }

    private static string Find(params string[] names)
    {
        string[] suffixes = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        IEnumerable<string> candidates =
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            from name in names
            from suffix in suffixes
            select Path.Combine(folder, name + suffix);
        return candidates.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException(
            $"These tests run real function processes and need {string.Join(" or ", names)} on PATH. Install it, then run them again.");
    }
}
