namespace WhatsAppBuffer.Infra;

/// <summary>The CDK library works in a Node.js process, which warns about releases of Node.js that are younger or older than the library.</summary>
internal static class NodeWarnings
{
    /// <summary>To be called before the first construct is made.</summary>
    public static void Silence()
    {
        foreach (string warning in (string[])["DEPRECATED", "END_OF_LIFE", "UNTESTED"])
        {
            Environment.SetEnvironmentVariable($"JSII_SILENCE_WARNING_{warning}_NODE_VERSION", "true");
        }
    }
}
