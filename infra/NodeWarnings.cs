using System.Globalization;

namespace WhatsAppBuffer.Infra;

/// <summary>The CDK library works in a Node.js process, which warns about releases of Node.js that are younger or older than the library.</summary>
internal static class NodeWarnings
{
    /// <summary>To be called before the first construct is made.</summary>
    public static void Silence()
    {
        // Ended releases are silenced one by one, the others by any value.
        IEnumerable<string> majors = Enumerable.Range(14, 50).Select(major => major.ToString(CultureInfo.InvariantCulture));
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", string.Join(',', majors));
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION", "true");
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "true");
    }
}
