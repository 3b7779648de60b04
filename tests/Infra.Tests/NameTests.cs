using System.Text.RegularExpressions;
using Infra.Tests.Synthesis;

namespace Infra.Tests;

/// <summary>One name, one thing: whoever reads a type's name in one project need not ask whether it is that of another.</summary>
public partial class NameTests
{
    private static readonly string[] Folders = ["AppHost", "Functions", "infra", "LocalAws", "Redrive", "ServiceDefaults", "Simulator", "Topology"];

    /// <summary>What every program, or every function, has of its own.</summary>
    private static readonly string[] OfEachProject = ["Function", "Json", "Log", "Program", "Telemetry"];

    /// <summary>AWS's words for what the local cloud writes and a function reads, or the other way round.</summary>
    private static readonly string[] OnBothEndsOfTheWire = ["BatchItemFailures", "Notification", "QueueMessage", "ScheduledEvent"];

    [Fact]
    public void A_name_stands_for_one_type_in_all_projects()
    {
        IEnumerable<(string Name, string Project)> types =
            from source in Folders.SelectMany(Repository.Sources)
            from Match type in TypeDeclaration().Matches(File.ReadAllText(source))
            select (type.Groups["name"].Value, ProjectOf(Path.GetDirectoryName(source)!));
        ILookup<string, string> projects = types.Distinct().ToLookup(type => type.Name, type => type.Project);

        Assert.True(projects.Count > 500, $"Only {projects.Count} types were found.");
        Assert.Equal(
            [],
            projects.Where(name => name.Count() > 1 && !OfEachProject.Concat(OnBothEndsOfTheWire).Contains(name.Key))
                .Select(name => $"{name.Key}: {string.Join(", ", name.Order(StringComparer.Ordinal))}"));
    }

    private static string ProjectOf(string folder) =>
        Directory.EnumerateFiles(folder, "*.csproj").FirstOrDefault() is { } project ? Path.GetFileNameWithoutExtension(project) : ProjectOf(Path.GetDirectoryName(folder)!);

    /// <summary>A type that stands in no other, by the words before its name.</summary>
    [GeneratedRegex(@"^(?:(?:public|internal|static|sealed|abstract|partial|readonly) )*(?:class|struct|interface|enum|record struct|record class|record) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
