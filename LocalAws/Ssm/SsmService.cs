using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.Ssm;

/// <summary>The wire of Parameter Store: JSON 1.1, target <c>AmazonSSM</c>.</summary>
/// <param name="engine">The parameters.</param>
public sealed class SsmService(SsmEngine engine) : AwsService("ssm", Protocol)
{
    private const int MaxPageSize = 10;
    private static readonly AwsConstraint Check = new("ValidationException");
    private static readonly JsonRpcProtocol Protocol = new(AwsJson.Json11, "AmazonSSM")
    {
        Service = "Systems Manager",
        Refusal = "ValidationException",
        NamespaceOf = _ => "com.amazonaws.ssm",
    };

    private protected override IReadOnlyList<AwsOperation> Table =>
    [
        Protocol.Of("GetParameter", Shape.GetParameterInput, Shape.GetParameterOutput, GetParameter),
        Protocol.Of("GetParameters", Shape.GetParametersInput, Shape.GetParametersOutput, GetParameters),
        Protocol.Of("GetParametersByPath", Shape.GetParametersByPathInput, Shape.GetParametersByPathOutput, GetParametersByPath),
        Protocol.Of("PutParameter", Shape.PutParameterInput, Shape.PutParameterOutput, PutParameter),
        Protocol.Of("DeleteParameter", Shape.DeleteParameterInput, DeleteParameter),
    ];

    private static SsmJson Shape => SsmJson.Default;

    private GetParameterOutput GetParameter(GetParameterInput input)
    {
        string name = Check.Required(input.Name, "name", 1, 2048);
        return new GetParameterOutput(ParameterOutput.Of(engine.GetParameter(name), name, input.WithDecryption));
    }

    private GetParametersOutput GetParameters(GetParametersInput input)
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

        return new GetParametersOutput(found, invalid);
    }

    private GetParametersByPathOutput GetParametersByPath(GetParametersByPathInput input)
    {
        string path = Check.Required(input.Path, "path", 1, 2048);
        Check.Range(input.MaxResults, "maxResults", 1, MaxPageSize);
        int size = input.MaxResults ?? MaxPageSize;
        ParameterOutput[] rest = [.. engine.GetParametersByPath(path, input.Recursive)
            .Where(p => input.NextToken is null || string.CompareOrdinal(p.Name, input.NextToken) > 0)
            .Select(p => ParameterOutput.Of(p, p.Name, input.WithDecryption))];
        ParameterOutput[] page = [.. rest.Take(size)];
        return new GetParametersByPathOutput(page, rest.Length > size ? page[^1].Name : null);
    }

    private PutParameterOutput PutParameter(PutParameterInput input)
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
        return new PutParameterOutput(version, "Standard");
    }

    private void DeleteParameter(DeleteParameterInput input) => engine.DeleteParameter(Check.Required(input.Name, "name", 1, 2048));
}
