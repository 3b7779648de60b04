using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Tests.Synthesis;

namespace Infra.Tests.Stack;

/// <summary>
/// The default template, readable, as it was last reviewed. After a change that is meant, run the tests with UPDATE_SNAPSHOTS=1 and review the
/// difference.
/// </summary>
public partial class SnapshotTests
{
    [Fact]
    public void The_template_is_the_reviewed_one() => ShouldBeAsInFile(Deployments.Default.Readable, "WhatsAppBuffer.json");

    /// <summary>The simulator sets up this file in its own tests, so that what is deployed is what was tried, Node.js or not.</summary>
    [Fact]
    public void The_template_is_the_one_that_the_simulator_was_tried_with() => ShouldBeAsInFile(Deployments.Default.Raw, "WhatsAppBuffer.template.json");

    /// <summary>The same for what is deployed after it, on what it left.</summary>
    [Fact]
    public void So_is_the_template_of_a_second_deployment_with_another_release_policy() => ShouldBeAsInFile(Deployments.Quiet.Raw, "WhatsAppBuffer.quiet.template.json");

    private static void ShouldBeAsInFile(JsonObject template, string name)
    {
        string actual = AssetHash().Replace(template.ToJsonString(JsonText.Indented), "asset.zip") + "\n";
        string file = Repository.Path("tests", "Infra.Tests", "Snapshots", name);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }

    [GeneratedRegex(@"[0-9a-f]{64}\.zip")]
    private static partial Regex AssetHash();
}
