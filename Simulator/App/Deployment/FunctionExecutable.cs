using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>How to start a function's program.</summary>
/// <param name="FileName">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="WorkingDirectory">Its folder.</param>
internal sealed record FunctionExecutable(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <param name="function">The function.</param>
    /// <param name="functionsFolder">Where functions were published to, one folder each; null for the build output next to this program.</param>
    /// <exception cref="UserErrorException">The function was not built.</exception>
    public static FunctionExecutable Find(FunctionSpec function, string? functionsFolder)
    {
        string folder = functionsFolder is null ? BuildOutput(function) : Path.GetFullPath(Path.Combine(functionsFolder, function.Project));
        string native = Path.Combine(folder, OperatingSystem.IsWindows() ? $"{function.Project}.exe" : function.Project);
        if (File.Exists(native))
        {
            return new FunctionExecutable(native, [], folder);
        }

        string managed = Path.Combine(folder, $"{function.Project}.dll");
        return File.Exists(managed)
            ? new FunctionExecutable("dotnet", [managed], folder)
            : throw new UserErrorException($"The function {function.Name} has no executable in {folder}. Run `./wab.cs build` first{(functionsFolder is null ? "" : ", or `./wab.cs publish` for artifacts/functions")}.");
    }

    /// <summary>This program and the functions are built side by side: the same configuration and framework, another room.</summary>
    private static string BuildOutput(FunctionSpec function)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string configuration = framework.Parent!.Name;
        for (DirectoryInfo? room = framework; room is not null; room = room.Parent)
        {
            string folder = Path.Combine(room.FullName, "Functions", function.Project);
            if (Directory.Exists(folder))
            {
                return Path.Combine(folder, "bin", configuration, framework.Name);
            }
        }

        throw new UserErrorException($"No folder 'Functions/{function.Project}' was found above {AppContext.BaseDirectory}. Start the simulator from its own build output, or say where the functions are: --functions FOLDER.");
    }
}
