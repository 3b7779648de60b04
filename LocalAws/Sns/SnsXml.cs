using System.Xml.Linq;
using LocalAws.Endpoint;

namespace LocalAws.Sns;

/// <summary>The answers of the query protocol.</summary>
internal static class SnsXml
{
    private const string ContentType = "text/xml";
    private static readonly XNamespace Namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

    /// <summary>The answer of an operation, with its result or, when it has none, without.</summary>
    public static AwsResponse Response(AwsRequest request, string operation, params XElement[]? result) => Write(200, new XElement(
        Namespace + $"{operation}Response",
        result is { Length: > 0 } ? new XElement(Namespace + $"{operation}Result", result) : null,
        new XElement(Namespace + "ResponseMetadata", Text("RequestId", request.RequestId))));

    public static AwsResponse Error(AwsRequest request, AwsException error) => Write(error.StatusCode, new XElement(
        Namespace + "ErrorResponse",
        new XElement(
            Namespace + "Error",
            Text("Type", error.StatusCode < 500 ? "Sender" : "Receiver"),
            Text("Code", error.Code),
            Text("Message", error.Message)),
        Text("RequestId", request.RequestId))) with
    { Headers = error.Headers };

    public static XElement Text(string name, string value) => new(Namespace + name, value);

    /// <summary>A list: its elements are each named <c>member</c>.</summary>
    public static XElement List(string name, IEnumerable<XElement[]> members) =>
        new(Namespace + name, members.Select(content => new XElement(Namespace + "member", content)));

    public static XElement Map(string name, IReadOnlyDictionary<string, string> map) =>
        new(Namespace + name, map.Select(entry => new XElement(Namespace + "entry", Text("key", entry.Key), Text("value", entry.Value))));

    private static AwsResponse Write(int statusCode, XElement root) =>
        AwsResponse.Text(ContentType, root.ToString(SaveOptions.DisableFormatting), statusCode);
}
