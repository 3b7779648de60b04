using System.Text.Json;
using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>AWS JSON 1.0 and 1.1: the operation in the header <c>X-Amz-Target</c>, everything else in the body.</summary>
/// <param name="contentType"><see cref="AwsJson.Json10"/> or <see cref="AwsJson.Json11"/>.</param>
/// <param name="target">What stands before the dot of a target, such as <c>AmazonSSM</c>.</param>
internal sealed class JsonRpcProtocol(string contentType, string target) : JsonProtocol(contentType)
{
    /// <summary>The namespace by which a service qualifies an error's code.</summary>
    public required Func<string, string> NamespaceOf { get; init; }

    /// <summary>What stands before an operation's name in a target.</summary>
    public string Prefix { get; } = $"{target}.";

    public override string? OperationOf(AwsRequest request, IReadOnlyList<AwsOperation> table) =>
        request.Target.StartsWith(Prefix, StringComparison.Ordinal) ? request.Target[Prefix.Length..] : null;

    public override JsonElement Read(AwsOperation operation, AwsRequest request)
    {
        AwsInput.RequireUnicode(request.Body.Span);
        return operation.Input is null ? default : AwsInput.Check(AwsInput.Parse(request.Body), operation.Input, operation.Name, Refusal);
    }

    public override AwsResponse Write(AwsException error, AwsRequest request) => AwsJson.RpcError(ContentType, NamespaceOf(error.Code), error);

    public override AwsException NotImitated(string operation, IReadOnlyList<AwsOperation> table) => new(UnknownOperation, NotImitatedText(operation, table));
}
