using System.Text.Json;
using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>How a service is spoken to: which operation a request asks for, how its input is read, how answers and errors are written.</summary>
internal abstract class AwsProtocol
{
    /// <summary>What errors call the service, such as <c>Systems Manager</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The operation asked for, in the table or not; null when the request is for another service.</summary>
    public abstract string? OperationOf(AwsRequest request, IReadOnlyList<AwsOperation> table);

    /// <summary>Reads an operation's input strictly; it is undefined for one without a shape.</summary>
    /// <exception cref="AwsException">The request cannot be read, or says what is not imitated.</exception>
    public abstract JsonElement Read(AwsOperation operation, AwsRequest request);

    /// <summary>Writes an error as clients of this protocol read it.</summary>
    public abstract AwsResponse Write(AwsException error, AwsRequest request);

    /// <summary>The error of an operation that is not in the table.</summary>
    public abstract AwsException NotImitated(string operation, IReadOnlyList<AwsOperation> table);

    protected string NotImitatedText(string operation, IReadOnlyList<AwsOperation> table) =>
        $"This local cloud does not imitate {operation} of {Service}. It imitates: {string.Join(", ", table.Select(o => o.Name).Order(StringComparer.Ordinal))}.";
}
