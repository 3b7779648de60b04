namespace WhatsAppBuffer.Infra.Packaging;

/// <summary>The folder of build results.</summary>
internal static class Artifacts
{
    private const string Solution = "WhatsAppBuffer.sln";

    /// <summary><c>artifacts</c> beside the solution that a folder lies in.</summary>
    /// <exception cref="DeploymentException">The folder lies in no such solution.</exception>
    public static string Above(string folder)
    {
        for (DirectoryInfo? candidate = new(folder); candidate is not null; candidate = candidate.Parent)
        {
            if (File.Exists(Path.Combine(candidate.FullName, Solution)))
            {
                return Path.Combine(candidate.FullName, "artifacts");
            }
        }

        throw new DeploymentException($"{folder} lies in no folder with {Solution}: run cdk in the infra folder.");
    }
}
