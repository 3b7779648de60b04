using Amazon.CDK;
using WhatsAppBuffer.Infra.Settings;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>Translates <see cref="DeploymentSettings.RemovalPolicy"/>.</summary>
internal static class RemovalPolicies
{
    public static bool KeepsData(this DeploymentSettings settings) => settings.RemovalPolicy is DataRemoval.Retain;

    /// <summary>Whether tables and stack refuse to be deleted.</summary>
    public static bool Protects(this DeploymentSettings settings) => settings.KeepsData() && !settings.FirstDeployment;

    /// <summary>What is kept is kept once it has held something: a first deployment that fails leaves nothing whose name the next one needs.</summary>
    public static RemovalPolicy CdkRemovalPolicy(this DeploymentSettings settings) =>
        settings.KeepsData() ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}
