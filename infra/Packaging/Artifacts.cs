namespace WhatsAppBuffer.Infra.Packaging;

/// <summary>The folder of build results.</summary>
internal static class Artifacts
{
    private const string Solution = "WhatsAppBuffer.sln";

    /// <summary><c>artifacts</c> beside the solution that the current folder lies in.</summary>
    /// <exception cref="DeploymentException">The current folder lies in no such solution.</exception>
    public static string Find()
    {
        for (DirectoryInfo? folder = new(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return Path.Combine(folder.FullName, "artifacts");
            }
        }

        throw new DeploymentException($"{Directory.GetCurrentDirectory()} lies in no folder with {Solution}: run cdk in the infra folder.");
    }
}
