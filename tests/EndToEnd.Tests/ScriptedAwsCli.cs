namespace EndToEnd.Tests;

/// <summary>A script in place of the AWS CLI: it notes every call, and is signed in.</summary>
internal sealed class ScriptedAwsCli : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    /// <param name="whenStackIsCreated">What it does when it is to wait for a stack's creation.</param>
    public ScriptedAwsCli(string whenStackIsCreated)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is one of a Unix shell.");
        string script = Path.Combine(_folder.FullName, "aws");
        File.WriteAllText(script, $$"""
            #!/bin/sh
            echo "$*" >> "{{CallsFile}}"
            case "$*" in
              "configure export-credentials"*) echo '{"AccessKeyId": "any", "SecretAccessKey": "any"}' ;;
              "sts get-caller-identity"*) echo 111122223333 ;;
              "cloudformation wait stack-create-complete"*) {{whenStackIsCreated}} ;;
            esac
            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["PATH"] = $"{_folder.FullName}:{System.Environment.GetEnvironmentVariable("PATH")}",
        ["AWS_REGION"] = "eu-west-1",
    };

    public IReadOnlyList<string> Calls => File.Exists(CallsFile) ? File.ReadAllLines(CallsFile) : [];

    private string CallsFile => Path.Combine(_folder.FullName, "calls");

    /// <summary>The stack that the only such call names.</summary>
    public string NameIn(string command)
    {
        string[] words = Assert.Single(Calls, call => call.StartsWith(command, StringComparison.Ordinal)).Split(' ');
        return words[Array.IndexOf(words, "--stack-name") + 1];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
