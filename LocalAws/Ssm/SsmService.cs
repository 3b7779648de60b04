using LocalAws.Endpoint;

namespace LocalAws.Ssm;

/// <summary>The wire of Parameter Store: JSON 1.1, target <c>AmazonSSM</c>.</summary>
/// <param name="engine">The parameters.</param>
public sealed class SsmService(SsmEngine engine) : IAwsService
{
    private const string TargetPrefix = "AmazonSSM.";
    private const int MaxPageSize = 10;
    private static readonly AwsConstraint Check = new("ValidationException");

    /// <inheritdoc/>
    public string Name => "ssm";

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request) =>
        request.Target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? request.Target[TargetPrefix.Length..] : null;

    /// <inheritdoc/>
    public Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken) => Task.FromResult(operation switch
    {
        "GetParameter" => GetParameter(AwsInput.Read(request, SsmJson.Default.GetParameterInput, operation, "ValidationException")),
        "GetParameters" => GetParameters(AwsInput.Read(request, SsmJson.Default.GetParametersInput, operation, "ValidationException")),
        "GetParametersByPath" => GetParametersByPath(AwsInput.Read(request, SsmJson.Default.GetParametersByPathInput, operation, "ValidationException")),
        "PutParameter" => PutParameter(AwsInput.Read(request, SsmJson.Default.PutParameterInput, operation, "ValidationException")),
        "DeleteParameter" => DeleteParameter(AwsInput.Read(request, SsmJson.Default.DeleteParameterInput, operation, "ValidationException")),
        _ => throw new AwsException("UnknownOperationException", $"This local cloud does not imitate the operation {operation} of Systems Manager."),
    });

    /// <inheritdoc/>
    public AwsResponse ToResponse(AwsException error, AwsRequest request) => AwsJson.RpcError(AwsJson.Json11, "com.amazonaws.ssm", error);

    private AwsResponse GetParameter(GetParameterInput input)
    {
        string name = Check.Required(input.Name, "name", 1, 2048);
        var output = new GetParameterOutput(ParameterOutput.Of(engine.GetParameter(name), name, input.WithDecryption));
        return AwsJson.Write(AwsJson.Json11, output, SsmJson.Default.GetParameterOutput);
    }

    private AwsResponse GetParameters(GetParametersInput input)
    {
        IReadOnlyList<string> names = Check.Required(input.Names, "names");
        Check.Range(names.Count, "names", 1, MaxPageSize, "have length");
        List<ParameterOutput> found = [];
        List<string> invalid = [];
        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            if (engine.Find(name) is { } parameter)
            {
                found.Add(ParameterOutput.Of(parameter, name, input.WithDecryption));
            }
            else
            {
                invalid.Add(name);
            }
        }

        return AwsJson.Write(AwsJson.Json11, new GetParametersOutput(found, invalid), SsmJson.Default.GetParametersOutput);
    }

    private AwsResponse GetParametersByPath(GetParametersByPathInput input)
    {
        string path = Check.Required(input.Path, "path", 1, 2048);
        Check.Range(input.MaxResults, "maxResults", 1, MaxPageSize);
        int size = input.MaxResults ?? MaxPageSize;
        ParameterOutput[] rest = [.. engine.GetParametersByPath(path, input.Recursive)
            .Where(p => input.NextToken is null || string.CompareOrdinal(p.Name, input.NextToken) > 0)
            .Select(p => ParameterOutput.Of(p, p.Name, input.WithDecryption))];
        ParameterOutput[] page = [.. rest.Take(size)];
        var output = new GetParametersByPathOutput(page, rest.Length > size ? page[^1].Name : null);
        return AwsJson.Write(AwsJson.Json11, output, SsmJson.Default.GetParametersByPathOutput);
    }

    private AwsResponse PutParameter(PutParameterInput input)
    {
        if (input.Tier is not (null or "Standard"))
        {
            throw new AwsException("ValidationException", $"This local cloud imitates the tier Standard only, not '{input.Tier}'.");
        }

        if (input.DataType is not (null or "text"))
        {
            throw new AwsException("ValidationException", $"This local cloud imitates the data type text only, not '{input.DataType}'.");
        }

        string name = Check.Required(input.Name, "name", 1, 2048);
        long version = engine.PutParameter(name, Check.Required(input.Value, "value", 0), input.Type, input.Overwrite);
        return AwsJson.Write(AwsJson.Json11, new PutParameterOutput(version, "Standard"), SsmJson.Default.PutParameterOutput);
    }

    private AwsResponse DeleteParameter(DeleteParameterInput input)
    {
        engine.DeleteParameter(Check.Required(input.Name, "name", 1, 2048));
        return AwsResponse.Text(AwsJson.Json11, "{}");
    }
}
