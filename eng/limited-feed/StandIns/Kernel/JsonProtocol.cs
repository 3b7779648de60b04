using System.Buffers;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.LimitedFeed;

/// <summary>Operations over the protocols restJson1 and awsJson1_0.</summary>
/// <param name="service">Whose operations they are.</param>
/// <param name="exception">Chooses the exception for an error answer.</param>
/// <param name="contentType">Of request bodies.</param>
internal sealed class JsonProtocol(Service service, Func<Fault, AmazonServiceException> exception, string contentType = "application/json")
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An operation whose answer has members.</summary>
    public InvokeOptions Operation<TRequest, TResponse>(
        Action<TRequest, IRequest> address, Action<Utf8JsonWriter, TRequest> write, Func<JsonElement, TResponse> read)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse =>
        Raw<TRequest>((input, request) => Write(input, request, address, write), context => Read(context, read));

    /// <summary>An operation whose answer has no members, and so perhaps no body either.</summary>
    public InvokeOptions Operation<TRequest, TResponse>(Action<TRequest, IRequest> address, Action<Utf8JsonWriter, TRequest> write)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        Raw<TRequest>((input, request) => Write(input, request, address, write), _ => new TResponse());

    /// <summary>An operation that handles its bodies itself.</summary>
    public InvokeOptions Raw<TRequest>(
        Action<TRequest, IRequest> marshall, Func<JsonUnmarshallerContext, AmazonWebServiceResponse> unmarshall)
        where TRequest : AmazonWebServiceRequest => new()
        {
            RequestMarshaller = new RequestMarshaller<TRequest>(service, (input, request) =>
            {
                request.Headers["Content-Type"] = contentType;
                marshall(input, request);
            }),
            ResponseUnmarshaller = new Unmarshaller(unmarshall, exception),
        };

    private static void Write<TRequest>(
        TRequest input, IRequest request, Action<TRequest, IRequest> address, Action<Utf8JsonWriter, TRequest> write)
    {
        address(input, request);
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, WriterOptions))
        {
            json.Object(input, write);
        }

        request.Content = body.WrittenSpan.ToArray();
    }

    private static TResponse Read<TResponse>(JsonUnmarshallerContext context, Func<JsonElement, TResponse> read)
    {
        using JsonDocument document = JsonDocument.Parse(context.Stream, new JsonDocumentOptions { MaxDepth = context.JsonMaxDepth });
        return read(document.RootElement);
    }

    private sealed class Unmarshaller(
        Func<JsonUnmarshallerContext, AmazonWebServiceResponse> unmarshall,
        Func<Fault, AmazonServiceException> exception) : JsonResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) => unmarshall(input);

        public override AmazonServiceException UnmarshallException(
            JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var reader = new StreamingUtf8JsonReader(input.Stream);
            ErrorResponse error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
            return new Fault(error, input, innerException, statusCode).ToException(exception);
        }
    }
}
