using Amazon.CDK;
using WhatsAppBuffer.Infra.Settings;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>Translates <see cref="DeploymentSettings.RemovalPolicy"/>.</summary>
internal static class RemovalPolicies
{
    public static bool KeepsData(this DeploymentSettings settings) => settings.RemovalPolicy is DataRemoval.Retain;

    public static RemovalPolicy CdkRemovalPolicy(this DeploymentSettings settings) =>
        settings.KeepsData() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
