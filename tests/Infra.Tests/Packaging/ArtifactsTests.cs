using Infra.Tests.Synthesis;
using WhatsAppBuffer.Infra;
using WhatsAppBuffer.Infra.Packaging;

namespace Infra.Tests.Packaging;

public class ArtifactsTests
{
    [Fact]
    public void Build_results_lie_beside_the_solution()
    {
        Assert.Equal(Repository.Path("artifacts"), Artifacts.Above(Repository.Path("infra", "Packaging")));
    }

    [Fact]
    public void Outside_the_solution_there_are_none()
    {
        using var elsewhere = new TemporaryFolder();

        var refused = Assert.Throws<DeploymentException>(() => Artifacts.Above(elsewhere.Path));

        Assert.EndsWith("run cdk in the infra folder.", refused.Message, StringComparison.Ordinal);
    }
}
