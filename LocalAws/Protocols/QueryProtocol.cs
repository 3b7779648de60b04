using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>The query protocol: a form with an <c>Action</c>, answers in XML.</summary>
/// <param name="signingName">What requests for the service are signed for.</param>
/// <param name="host">The host in the namespace of its answers.</param>
/// <param name="version">Of its API: unsigned requests are known by it.</param>
internal sealed class QueryProtocol(string signingName, string host, string version) : AwsProtocol
{
    private const string ContentType = "text/xml";
    private readonly XNamespace _namespace = $"{host}doc/{version}/";

    /// <summary>Makes the error of a parameter that is not imitated, from its name and the operation's.</summary>
    public required Func<string, string, AwsException> Refuse { get; init; }

    /// <summary>Declares an operation that answers with elements; without any it has no result.</summary>
    public AwsOperation Of<TInput>(string name, JsonTypeInfo<TInput> input, Func<TInput, XElement[]> run) => new(name, input, (json, request, _) =>
        Task.FromResult(Answer(name, run(AwsInput.Deserialize(json, input)), request)));

    /// <summary>Declares an operation whose answer has no result.</summary>
    public AwsOperation Of<TInput>(string name, JsonTypeInfo<TInput> input, Action<TInput> run) => Of(name, input, read =>
    {
        run(read);
        return [];
    });

    public override string? OperationOf(AwsRequest request, IReadOnlyList<AwsOperation> table) =>
        Is(request) && (request.SigningName == signingName || (request.SigningName.Length == 0 && QueryForm.ValueOf(request.Body.Span, "Version="u8) == version))
            ? QueryForm.ValueOf(request.Body.Span, "Action="u8) ?? ""
            : null;

    public override JsonElement Read(AwsOperation operation, AwsRequest request) => AwsInput.Check(
        new QueryForm(request.Body.Span).Read(operation.Input!, parameter => Refuse(parameter, operation.Name)), operation.Input!, operation.Name, "InvalidParameter");

    public override AwsResponse Write(AwsException error, AwsRequest request) => Error(_namespace, error, request);

    public override AwsException NotImitated(string operation, IReadOnlyList<AwsOperation> table) => new("InvalidAction", NotImitatedText(operation, table));

    /// <summary>Whether a request is spoken in this protocol.</summary>
    public static bool Is(AwsRequest request) => request.Headers.ContentType.ToString().StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    /// <summary>An error of the query protocol.</summary>
    public static AwsResponse Error(XNamespace xml, AwsException error, AwsRequest request) => AwsXml.Write(
        ContentType,
        new XElement(
            xml + "ErrorResponse",
            new XElement(
                xml + "Error",
                new XElement(xml + "Type", error.StatusCode < 500 ? "Sender" : "Receiver"),
                new XElement(xml + "Code", error.Code),
                new XElement(xml + "Message", error.Message)),
            new XElement(xml + "RequestId", request.RequestId)),
        error.StatusCode) with
    { Headers = error.Headers };

    public XElement Text(string name, string value) => new(_namespace + name, value);

    /// <summary>A list: its elements are each named <c>member</c>.</summary>
    public XElement List(string name, IEnumerable<XElement[]> members) => new(_namespace + name, members.Select(content => new XElement(_namespace + "member", content)));

    public XElement Map(string name, IReadOnlyDictionary<string, string> map) =>
        new(_namespace + name, map.Select(entry => new XElement(_namespace + "entry", Text("key", entry.Key), Text("value", entry.Value))));

    private AwsResponse Answer(string operation, XElement[] result, AwsRequest request) => AwsXml.Write(ContentType, new XElement(
        _namespace + $"{operation}Response",
        result.Length > 0 ? new XElement(_namespace + $"{operation}Result", result) : null,
        new XElement(_namespace + "ResponseMetadata", Text("RequestId", request.RequestId))));
}
