namespace EndToEnd.Tests;

/// <summary>What a test needs beside the .NET SDK.</summary>
internal static class Needs
{
    /// <summary>Skips the test where it is missing; on CI, where <c>.ci/run</c> installs everything, the test fails instead.</summary>
    public static void Have(bool present, string what)
    {
        Assert.False(!present && Environment.GetEnvironmentVariable("CI") == "true", $"This test needs {what}, which .ci/run installs.");
        Assert.SkipUnless(present, $"This test needs {what}.");
    }
}
