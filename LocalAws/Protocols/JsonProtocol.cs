using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>What the protocols share whose inputs and answers are JSON.</summary>
/// <param name="contentType">Of answers.</param>
internal abstract class JsonProtocol(string contentType) : AwsProtocol
{
    public const string UnknownOperation = "UnknownOperationException";

    /// <summary>The service's error code for a member it cannot accept.</summary>
    public required string Refusal { get; init; }

    protected string ContentType => contentType;

    /// <summary>Declares an operation that answers with a value of a shape.</summary>
    public AwsOperation Of<TInput, TOutput>(string signature, JsonTypeInfo<TInput> input, JsonTypeInfo<TOutput> output, Func<TInput, TOutput> run) =>
        Of(signature, input, output, (read, _, _) => Task.FromResult(run(read)));

    /// <summary>Declares an operation that looks at more of the request than its input, such as the host it was sent to.</summary>
    public AwsOperation Of<TInput, TOutput>(string signature, JsonTypeInfo<TInput> input, JsonTypeInfo<TOutput> output, Func<TInput, AwsRequest, TOutput> run) =>
        Of(signature, input, output, (read, request, _) => Task.FromResult(run(read, request)));

    /// <summary>Declares an operation that waits.</summary>
    public AwsOperation Of<TInput, TOutput>(string signature, JsonTypeInfo<TInput> input, JsonTypeInfo<TOutput> output, Func<TInput, CancellationToken, Task<TOutput>> run) =>
        Of(signature, input, output, (read, _, cancellationToken) => run(read, cancellationToken));

    /// <summary>Declares an operation whose answer has no members.</summary>
    public AwsOperation Of<TInput>(string signature, JsonTypeInfo<TInput> input, Action<TInput> run) => Of(signature, input, (read, _, _) =>
    {
        run(read);
        return Task.FromResult(AwsResponse.Text(contentType, "{}"));
    });

    /// <summary>Declares an operation that writes its answer's members itself.</summary>
    public AwsOperation Of<TInput>(string signature, JsonTypeInfo<TInput> input, Func<TInput, Action<Utf8JsonWriter>> run) => Of(signature, input, (read, _, _) =>
        Task.FromResult(AwsJson.Write(contentType, run(read))));

    /// <summary>Declares an operation with an answer of its own kind.</summary>
    public static AwsOperation Of<TInput>(string signature, JsonTypeInfo<TInput> input, Func<TInput, AwsRequest, CancellationToken, Task<AwsResponse>> run) =>
        new(signature, input, (json, request, cancellationToken) => run(AwsInput.Deserialize(json, input), request, cancellationToken));

    private AwsOperation Of<TInput, TOutput>(
        string signature, JsonTypeInfo<TInput> input, JsonTypeInfo<TOutput> output, Func<TInput, AwsRequest, CancellationToken, Task<TOutput>> run) =>
        Of(signature, input, async (read, request, cancellationToken) => AwsJson.Write(contentType, await run(read, request, cancellationToken), output));
}
