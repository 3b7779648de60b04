using System.Runtime.CompilerServices;

namespace WhatsAppBuffer.LimitedFeed.Tests;

internal static class ProcessEnvironment
{
    public const string Region = "eu-central-1";

    /// <summary>The SDK looks these up once per process; without them it would ask an instance metadata service.</summary>
    [ModuleInitializer]
    internal static void Set()
    {
        Environment.SetEnvironmentVariable("AWS_REGION", Region);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
    }
}
