using System.Text.RegularExpressions;
using LocalAws.Endpoint;

namespace LocalAws.Ssm;

/// <summary>The rules of a parameter's name, and the ways a reader may spell it.</summary>
/// <remarks>Source: Systems Manager API reference, PutParameter, member Name.</remarks>
internal static partial class ParameterName
{
    private const int MaxLevels = 15;
    private const int MaxLength = 1011;

    /// <summary>Checks the name of a parameter that is about to be written.</summary>
    public static void Check(string name)
    {
        if (!Characters.IsMatch(name) || name.Length > MaxLength)
        {
            throw new AwsException("ValidationException", $"Parameter name: only letters, digits and the symbols . - _ / are allowed, at most {MaxLength} characters.");
        }

        if (Reserved.IsMatch(name))
        {
            throw new AwsException("ValidationException", "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
        }

        if (name.Contains('/') && name[0] != '/')
        {
            throw new AwsException("ValidationException", "Parameter name must be a fully qualified name.");
        }

        if (name.Count(c => c == '/') > MaxLevels)
        {
            throw new AwsException("HierarchyLevelLimitExceededException", $"A hierarchy can have at most {MaxLevels} levels.");
        }
    }

    /// <summary>Takes a reader's spelling apart: a name or ARN, and a version after a colon.</summary>
    public static (string Name, long? Version) Parse(string spelling)
    {
        const string Resource = ":parameter/";
        int resource = spelling.StartsWith("arn:", StringComparison.Ordinal) ? spelling.IndexOf(Resource, StringComparison.Ordinal) : -1;
        string rest = resource < 0 ? spelling : spelling[(resource + Resource.Length)..];
        string[] parts = rest.Split(':', 2);
        string name = resource >= 0 && parts[0].Contains('/') ? "/" + parts[0] : parts[0];
        return parts.Length == 1 ? (name, null) : (name, ParseVersion(parts[1]));
    }

    private static long ParseVersion(string selector) => long.TryParse(selector, out long version)
        ? version
        : throw new AwsException("ValidationException", $"This local cloud does not imitate parameter labels: select '{selector}' by its version number.");

    [GeneratedRegex("^[a-zA-Z0-9_./-]+$")]
    private static partial Regex Characters { get; }

    [GeneratedRegex("^/?(aws|ssm)", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved { get; }
}
