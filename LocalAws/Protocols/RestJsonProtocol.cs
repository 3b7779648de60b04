using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>REST with JSON: the operation is verb and path; members stand in path, query, headers and body.</summary>
/// <param name="signingName">What requests for the service are signed for.</param>
/// <param name="paths">What the paths of its operations begin with: unsigned requests are known by them.</param>
internal sealed class RestJsonProtocol(string signingName, params IReadOnlyList<string> paths) : JsonProtocol(AwsJson.RestJson)
{
    /// <summary>How the service spells the member of an error's text.</summary>
    public required string MessageMember { get; init; }

    /// <summary>Declares an operation whose body is not JSON of this protocol.</summary>
    public static AwsOperation OfPayload<TInput>(string signature, JsonTypeInfo<TInput> input, Func<TInput, AwsRequest, CancellationToken, Task<AwsResponse>> run) =>
        new(signature, input, (json, request, cancellationToken) => run(AwsInput.Deserialize(json, input), request, cancellationToken)) { TakesPayload = true };

    public override string? OperationOf(AwsRequest request, IReadOnlyList<AwsOperation> table) =>
        request.SigningName != signingName && !paths.Any(path => request.Path.StartsWith(path, StringComparison.Ordinal)) ? null
        : table.FirstOrDefault(operation => operation.Route!.Matches(request))?.Name ?? $"{request.Method} {request.Path}";

    public override JsonElement Read(AwsOperation operation, AwsRequest request)
    {
        if (operation.Route!.FindUnknown(request) is { } unknown)
        {
            throw new AwsException(Refusal, $"This local cloud does not imitate {unknown} of {operation.Name}: leave it out.");
        }

        if (operation.Input is not { } shape)
        {
            return default;
        }

        ReadOnlyMemory<byte> json = operation.TakesPayload ? default : request.Body;
        AwsInput.RequireUnicode(json.Span);
        JsonElement body = AwsInput.RequireObject(AwsInput.Parse(json), operation.Name);
        if (body.EnumerateObject().FirstOrDefault(member => operation.Route.Holds(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } misplaced)
        {
            throw new AwsException(Refusal, $"The member '{misplaced.Name}' of {operation.Name} does not belong in the body.");
        }

        (string Member, string Value)[] outside = [.. operation.Route.MembersOf(request)];
        return AwsInput.Check(outside.Length == 0 ? body : Joined(outside, body, shape), shape, operation.Name, Refusal);
    }

    public override AwsResponse Write(AwsException error, AwsRequest request) => AwsJson.RestError(error, MessageMember);

    public override AwsException NotImitated(string operation, IReadOnlyList<AwsOperation> table) => new(UnknownOperation, NotImitatedText(operation, table), 404);

    private static JsonElement Joined(IEnumerable<(string Member, string Value)> outside, JsonElement body, JsonTypeInfo shape) => AwsInput.Parse(JsonText.Bytes(writer =>
    {
        writer.WriteStartObject();
        foreach ((string member, string value) in outside)
        {
            writer.WritePropertyName(member);
            AwsInput.WriteText(writer, value, shape.Properties.First(p => p.Name == member).PropertyType);
        }

        foreach (JsonProperty member in body.EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }));
}
