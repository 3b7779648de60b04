using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.LimitedFeed;

/// <summary>Calls a function for what the SDK has a generated marshaller class for.</summary>
internal sealed class RequestMarshaller<TRequest>(Service service, Action<TRequest, IRequest> marshall)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, service.ServiceId) { HttpMethod = "POST", ResourcePath = "/" };
        request.Headers["x-amz-api-version"] = service.Version;
        marshall((TRequest)input, request);
        return request;
    }
}

/// <summary>An error answer, before it is decided which exception it becomes.</summary>
internal sealed class Fault(ErrorResponse error, UnmarshallerContext context, Exception cause, HttpStatusCode statusCode)
{
    public string Code => error.Code;

    public string Message => error.Message;

    public Exception Cause => cause;

    public string Header(string name) => context.ResponseData.Header(name);

    /// <summary>A member of a JSON error document.</summary>
    public string Text(string name) => JsonElement.Parse(context.GetResponseBodyBytes()).Text(name);

    /// <summary>Lets the service choose the exception, and adds what all of them carry.</summary>
    public AmazonServiceException ToException(Func<Fault, AmazonServiceException> choose)
    {
        AmazonServiceException exception = choose(this);
        exception.ErrorType = error.Type;
        exception.ErrorCode = error.Code;
        exception.RequestId = error.RequestId;
        exception.StatusCode = statusCode;
        return exception;
    }
}

/// <summary>Headers, where an absent one is null.</summary>
internal static class HeaderExtensions
{
    public static string Header(this IWebResponseData response, string name) =>
        response.IsHeaderPresent(name) ? response.GetHeaderValue(name) : null;

    public static void SetHeader(this IRequest request, string name, string value)
    {
        if (value is not null)
        {
            request.Headers[name] = value;
        }
    }
}
