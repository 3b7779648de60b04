using System.Text.Json.Serialization;

namespace LocalAws.Ssm;

internal sealed record GetParameterInput(string? Name, bool WithDecryption = false);

internal sealed record GetParameterOutput(ParameterOutput Parameter);

internal sealed record GetParametersInput(IReadOnlyList<string>? Names, bool WithDecryption = false);

internal sealed record GetParametersOutput(IReadOnlyList<ParameterOutput> Parameters, IReadOnlyList<string> InvalidParameters);

internal sealed record GetParametersByPathInput(string? Path, bool Recursive = false, bool WithDecryption = false, int? MaxResults = null, string? NextToken = null);

internal sealed record GetParametersByPathOutput(IReadOnlyList<ParameterOutput> Parameters, string? NextToken);

internal sealed record PutParameterInput(string? Name, string? Value, string? Type, bool Overwrite = false, string? Tier = null, string? DataType = null);

internal sealed record PutParameterOutput(long Version, string Tier);

internal sealed record DeleteParameterInput(string? Name);

[JsonSerializable(typeof(GetParameterInput))]
[JsonSerializable(typeof(GetParameterOutput))]
[JsonSerializable(typeof(GetParametersInput))]
[JsonSerializable(typeof(GetParametersOutput))]
[JsonSerializable(typeof(GetParametersByPathInput))]
[JsonSerializable(typeof(GetParametersByPathOutput))]
[JsonSerializable(typeof(PutParameterInput))]
[JsonSerializable(typeof(PutParameterOutput))]
[JsonSerializable(typeof(DeleteParameterInput))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class SsmJson : JsonSerializerContext;
