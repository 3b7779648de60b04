using System.Text;
using System.Xml.Linq;
using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>What a request for a service is told that is not imitated: one sentence, in the protocol the request was spoken in, so that its client prints it.</summary>
internal static class UnknownService
{
    private const string UnknownOperation = "UnknownOperationException";

    public static AwsResponse Answer(AwsRequest request, IEnumerable<string> services)
    {
        string imitated = $"It imitates: {string.Join(", ", services.Order(StringComparer.Ordinal))}.";
        if (request.Headers["smithy-protocol"] == "rpc-v2-cbor")
        {
            return Cbor(Error(request, request.Path.Split('/')[^1], imitated));
        }

        if (request.Target.Length > 0)
        {
            return AwsJson.RpcError(
                request.Headers.ContentType.ToString() == AwsJson.Json11 ? AwsJson.Json11 : AwsJson.Json10, "com.amazon.coral.service", Error(request, request.Target.Split('.')[^1], imitated));
        }

        if (QueryProtocol.Is(request))
        {
            AwsException error = Error(request, QueryForm.ValueOf(request.Body.Span, "Action="u8) ?? "", imitated);
            return request.SigningName == "ec2" ? Ec2(error, request) : QueryProtocol.Error(XNamespace.None, error, request);
        }

        AwsException unknown = Error(request, $"{request.Method} {request.Path}", imitated, 404);
        return request.SigningName is "route53" or "cloudfront" ? QueryProtocol.Error(XNamespace.None, unknown, request) : AwsJson.RestError(unknown);
    }

    private static AwsException Error(AwsRequest request, string operation, string imitated, int statusCode = 400) => request.SigningName == "sqs"
        ? new AwsException(UnknownOperation, $"This local cloud speaks the JSON protocol of SQS only, and not the query protocol that {operation} came in: use an SDK or AWS CLI from 2024 or later.")
        : new AwsException(UnknownOperation, $"This local cloud does not imitate {(request.SigningName.Length > 0 ? $"the service '{request.SigningName}'" : "the service that was called")} ({operation}). {imitated}", statusCode);

    private static AwsResponse Ec2(AwsException error, AwsRequest request) => AwsXml.Write(
        "text/xml",
        new XElement(
            "Response",
            new XElement("Errors", new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message))),
            new XElement("RequestID", request.RequestId)),
        error.StatusCode);

    /// <summary>A map of two texts. Source: Smithy RPC v2 CBOR protocol, "Operation error serialization"; RFC 8949.</summary>
    private static AwsResponse Cbor(AwsException error) =>
        new(error.StatusCode, "application/cbor", (byte[])[0xA2, .. CborText("__type"), .. CborText(error.Code), .. CborText("message"), .. CborText(error.Message)])
        {
            Headers = new Dictionary<string, string> { ["smithy-protocol"] = "rpc-v2-cbor" },
        };

    private static byte[] CborText(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return [0x79, (byte)(utf8.Length >> 8), (byte)utf8.Length, .. utf8];
    }
}
