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
    public void The_template_is_the_reviewed_one()
    {
        string actual = AssetHash().Replace(Deployments.Default.Readable.ToJsonString(JsonText.Indented), "asset.zip") + "\n";
        string file = Repository.Path("tests", "Infra.Tests", "Snapshots", "WhatsAppBuffer.json");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }

    [GeneratedRegex(@"[0-9a-f]{64}\.zip")]
    private static partial Regex AssetHash();
}
