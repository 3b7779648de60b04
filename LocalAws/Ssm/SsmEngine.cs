using System.Text;
using LocalAws.Endpoint;

namespace LocalAws.Ssm;

/// <summary>Parameter Store of Systems Manager, standard tier: named texts with versions. Safe for use by many threads.</summary>
/// <param name="account">The account that owns the parameters.</param>
/// <param name="time">The cloud's clock.</param>
public sealed class SsmEngine(AwsAccount account, TimeProvider time)
{
    private const int MaxValueBytes = 4096;
    private const int MaxVersions = 100;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, List<Parameter>> _parameters = new(StringComparer.Ordinal);

    /// <summary>Writes a parameter and answers its new version.</summary>
    /// <param name="name">Letters, digits and <c>. - _ /</c>; at most 15 levels; not beginning with <c>aws</c> or <c>ssm</c>.</param>
    /// <param name="value">1 to 4,096 bytes of UTF-8 (standard tier).</param>
    /// <param name="type"><c>String</c>, <c>StringList</c> or <c>SecureString</c>; may be null when the parameter exists.</param>
    /// <param name="overwrite">Whether an existing parameter gets a new version instead of an error.</param>
    /// <exception cref="AwsException"><c>ParameterAlreadyExists</c>, <c>HierarchyTypeMismatchException</c>, <c>HierarchyLevelLimitExceededException</c>, <c>UnsupportedParameterType</c> or <c>ValidationException</c>.</exception>
    public long PutParameter(string name, string value, string? type = "String", bool overwrite = false)
    {
        ParameterName.Check(name);
        CheckValue(value);
        CheckType(type);
        lock (_lock)
        {
            List<Parameter> versions = _parameters.GetValueOrDefault(name) ?? [];
            Parameter? current = versions.LastOrDefault();
            CheckOverwrite(current, type, overwrite);
            var next = new Parameter(name, type ?? current!.Type, value, (current?.Version ?? 0) + 1, time.GetUtcNow(), account.Arn("ssm", "parameter/" + name.TrimStart('/')));
            versions.Add(next);
            if (versions.Count > MaxVersions)
            {
                versions.RemoveAt(0);
            }

            _parameters[name] = versions;
            return next.Version;
        }
    }

    /// <summary>Reads a parameter.</summary>
    /// <param name="name">Its name or ARN; <c>name:3</c> for version 3.</param>
    /// <exception cref="AwsException"><c>ParameterNotFound</c> or <c>ParameterVersionNotFound</c>.</exception>
    public Parameter GetParameter(string name) => Find(name) ?? throw NotFound(name);

    /// <summary>Reads a parameter, or answers null when there is none of that name.</summary>
    /// <param name="name">Its name or ARN; <c>name:3</c> for version 3.</param>
    /// <exception cref="AwsException"><c>ParameterVersionNotFound</c>.</exception>
    public Parameter? Find(string name)
    {
        (string fullName, long? version) = ParameterName.Parse(name);
        lock (_lock)
        {
            if (!_parameters.TryGetValue(fullName, out List<Parameter>? versions))
            {
                return null;
            }

            return version is null
                ? versions[^1]
                : versions.Find(p => p.Version == version)
                    ?? throw new AwsException("ParameterVersionNotFound", $"Systems Manager could not find version {version} of {fullName}.");
        }
    }

    /// <summary>Reads the parameters under a path, by name.</summary>
    /// <param name="path">Begins with <c>/</c>.</param>
    /// <param name="recursive">Whether deeper levels are included.</param>
    /// <exception cref="AwsException"><c>ValidationException</c>: the path does not begin with a slash.</exception>
    public IReadOnlyList<Parameter> GetParametersByPath(string path, bool recursive = false)
    {
        if (!path.StartsWith('/'))
        {
            throw new AwsException("ValidationException", "The parameter path must begin with a forward slash (/).");
        }

        string prefix = path.TrimEnd('/') + "/";
        lock (_lock)
        {
            return [.. _parameters
                .Where(p => p.Key.StartsWith(prefix, StringComparison.Ordinal) && (recursive || !p.Key[prefix.Length..].Contains('/')))
                .Select(p => p.Value[^1])];
        }
    }

    /// <summary>Removes a parameter with all its versions.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="AwsException"><c>ParameterNotFound</c>.</exception>
    public void DeleteParameter(string name)
    {
        lock (_lock)
        {
            if (!_parameters.Remove(ParameterName.Parse(name).Name))
            {
                throw NotFound(name);
            }
        }
    }

    private static void CheckValue(string value)
    {
        if (value.Length == 0)
        {
            throw new AwsConstraint("ValidationException").Violation("value", "Member must have length greater than or equal to 1");
        }

        if (Encoding.UTF8.GetByteCount(value) > MaxValueBytes)
        {
            throw new AwsException(
                "ValidationException",
                $"Standard tier parameters support a maximum parameter value of {MaxValueBytes} characters. "
                + "To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.");
        }
    }

    private static void CheckType(string? type)
    {
        if (type is not (null or "String" or "StringList" or "SecureString"))
        {
            throw new AwsException("UnsupportedParameterType", $"The parameter type {type} is not supported.");
        }
    }

    private static void CheckOverwrite(Parameter? current, string? type, bool overwrite)
    {
        if (current is null)
        {
            _ = type ?? throw new AwsException("ValidationException", "A parameter type is required when you create a parameter.");
        }
        else if (!overwrite)
        {
            throw new AwsException("ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        }
        else if (type is not null && type != current.Type)
        {
            throw new AwsException(
                "HierarchyTypeMismatchException",
                $"Parameter Store does not support changing a parameter type: {current.Name} is a {current.Type}. You must create a new, unique parameter.");
        }
    }

    private static AwsException NotFound(string name) => new("ParameterNotFound", $"Parameter {name} not found.");
}
