using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>
/// Where the parts of a request stand in a REST protocol, written as AWS's API references do: verb, path with the names of members in braces, names of
/// members in the query, and members that headers carry: <c>POST /functions/{FunctionName}/invocations?Qualifier LogType=X-Amz-Log-Type</c>. A member with a
/// plus takes the rest of the path; a parameter with an exclamation mark must be there.
/// </summary>
internal sealed class RestRoute
{
    private readonly string[] _required;

    private RestRoute(string[] parts)
    {
        string[] address = parts[1].Split('?', 2);
        string[] query = address.Length == 2 ? address[1].Split('&') : [];
        Method = parts[0];
        Path = address[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        _required = [.. query.Where(name => name.EndsWith('!')).Select(name => name[..^1])];
        Query = [.. query.Select(name => name.TrimEnd('!'))];
        Headers = parts[2..].Select(header => header.Split('=')).ToDictionary(header => header[0], header => header[1]);
    }

    public string Method { get; }

    /// <summary>The path's segments.</summary>
    public IReadOnlyList<string> Path { get; }

    /// <summary>The parameters that the query may have.</summary>
    public IReadOnlyList<string> Query { get; }

    /// <summary>The members that headers carry, with the headers' names.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    public static RestRoute Parse(string route) => new(route.Split(' '));

    public bool Matches(AwsRequest request)
    {
        string[] path = SegmentsOf(request);
        return request.Method == Method && path.Length == Path.Count && Path.Zip(path).All(part => part.Second.Length > 0 && (IsMember(part.First) || part.First == part.Second))
            && _required.All(request.Query.ContainsKey);
    }

    /// <summary>The members that stand outside the body.</summary>
    public IEnumerable<(string Member, string Value)> MembersOf(AwsRequest request)
    {
        foreach ((string name, string value) in Path.Zip(SegmentsOf(request)).Where(part => IsMember(part.First)))
        {
            yield return (name[1..^1], Uri.UnescapeDataString(value));
        }

        foreach (string name in Query.Where(request.Query.ContainsKey))
        {
            yield return (name, request.Query[name].ToString());
        }

        foreach ((string name, string header) in Headers.Where(header => request.Headers.ContainsKey(header.Value)))
        {
            yield return (name, request.Headers[header].ToString());
        }
    }

    /// <summary>Whether a member stands outside the body.</summary>
    public bool Holds(string member) => Path.Contains($"{{{member}}}") || Query.Contains(member) || Headers.ContainsKey(member);

    /// <summary>What the query or a header says beyond the route, in the words of an error; null when nothing.</summary>
    public string? FindUnknown(AwsRequest request) =>
        request.Query.Keys.FirstOrDefault(name => !Query.Contains(name) && !RequestHeaders.IsAboutTheCall(name)) is { } parameter ? $"the query parameter '{parameter}'"
        : request.Headers.Keys.FirstOrDefault(name => name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)
            && !Headers.Values.Contains(name, StringComparer.OrdinalIgnoreCase) && !RequestHeaders.IsAboutTheCall(name)) is { } header ? $"the header '{header}'"
        : null;

    private static bool IsMember(string segment) => segment[0] == '{';

    private string[] SegmentsOf(AwsRequest request) => Path is [.., ['{', .., '+', '}']]
        ? request.Path.TrimStart('/').Split('/', Path.Count)
        : request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
