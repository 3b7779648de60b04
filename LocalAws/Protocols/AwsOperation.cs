using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>Carries an operation out: the input as the protocol has read and checked it, and the request it came in.</summary>
internal delegate Task<AwsResponse> OperationHandler(JsonElement input, AwsRequest request, CancellationToken cancellationToken);

/// <summary>An operation as the table of its service declares it, once: what asks for it, what it takes, what carries it out.</summary>
internal sealed class AwsOperation
{
    /// <summary>Declares an operation.</summary>
    /// <param name="signature">Its name, and in a REST protocol its <see cref="RestRoute"/> after a space.</param>
    /// <param name="input">The shape of its input: the members that are imitated; null for one that reads its request itself.</param>
    /// <param name="run">Carries it out.</param>
    public AwsOperation(string signature, JsonTypeInfo? input, OperationHandler run)
    {
        string[] parts = signature.Split(' ', 2);
        (Name, Route, Input, RunAsync) = (parts[0], parts.Length == 2 ? RestRoute.Parse(parts[1]) : null, input, run);
    }

    public string Name { get; }

    public RestRoute? Route { get; }

    public JsonTypeInfo? Input { get; }

    /// <summary>Whether the body is not the input's, but belongs to the operation as it came.</summary>
    public bool TakesPayload { get; init; }

    public OperationHandler RunAsync { get; }
}
