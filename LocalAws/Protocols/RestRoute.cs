using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>
/// Where the parts of a request stand in a REST protocol, written as AWS's API references do: verb, path with the names of members in braces, names of
/// members in the query, and members that headers carry: <c>POST /functions/{FunctionName}/invocations?Qualifier LogType=X-Amz-Log-Type</c>. A member with a
/// plus takes the rest of the path; a parameter with an exclamation mark must be there.
/// </summary>
internal sealed class RestRoute
{
    private readonly string _method;
    private readonly string[] _path;
    private readonly string[] _required;
    private readonly Dictionary<string, string> _headers;

    private RestRoute(string[] parts)
    {
        string[] address = parts[1].Split('?', 2);
        string[] query = address.Length == 2 ? address[1].Split('&') : [];
        _method = parts[0];
        _path = address[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        _required = [.. query.Where(name => name.EndsWith('!')).Select(name => name[..^1])];
        Query = [.. query.Select(name => name.TrimEnd('!'))];
        _headers = parts[2..].Select(header => header.Split('=')).ToDictionary(header => header[0], header => header[1]);
    }

    /// <summary>The parameters that the query may have.</summary>
    public IReadOnlyList<string> Query { get; }

    public static RestRoute Parse(string route) => new(route.Split(' '));

    public bool Matches(AwsRequest request)
    {
        string[] path = SegmentsOf(request);
        return request.Method == _method && path.Length == _path.Length && _path.Zip(path).All(part => part.Second.Length > 0 && (IsMember(part.First) || part.First == part.Second))
            && _required.All(request.Query.ContainsKey);
    }

    /// <summary>The members that stand outside the body.</summary>
    public IEnumerable<(string Member, string Value)> MembersOf(AwsRequest request)
    {
        foreach ((string name, string value) in _path.Zip(SegmentsOf(request)).Where(part => IsMember(part.First)))
        {
            yield return (name[1..^1], Uri.UnescapeDataString(value));
        }

        foreach (string name in Query.Where(request.Query.ContainsKey))
        {
            yield return (name, request.Query[name].ToString());
        }

        foreach ((string name, string header) in _headers.Where(header => request.Headers.ContainsKey(header.Value)))
        {
            yield return (name, request.Headers[header].ToString());
        }
    }

    /// <summary>Whether a member stands outside the body.</summary>
    public bool Holds(string member) => _path.Contains($"{{{member}}}") || Query.Contains(member) || _headers.ContainsKey(member);

    /// <summary>What the query or a header says beyond the route, in the words of an error; null when nothing.</summary>
    public string? FindUnknown(AwsRequest request) =>
        request.Query.Keys.FirstOrDefault(name => !Query.Contains(name) && !RequestHeaders.IsAboutTheCall(name)) is { } parameter ? $"the query parameter '{parameter}'"
        : request.Headers.Keys.FirstOrDefault(name => name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)
            && !_headers.Values.Contains(name, StringComparer.OrdinalIgnoreCase) && !RequestHeaders.IsAboutTheCall(name)) is { } header ? $"the header '{header}'"
        : null;

    private static bool IsMember(string segment) => segment[0] == '{';

    private string[] SegmentsOf(AwsRequest request) => _path is [.., ['{', .., '+', '}']]
        ? request.Path.TrimStart('/').Split('/', _path.Length)
        : request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
