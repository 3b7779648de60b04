using System.Net;
using Amazon.Runtime;

namespace Amazon.Connect;

public partial class AmazonConnectException : AmazonServiceException
{
    public AmazonConnectException() { }

    public AmazonConnectException(string message)
        : base(message) { }

    public AmazonConnectException(string message, Exception innerException)
        : base(message, innerException) { }

    public AmazonConnectException(Exception innerException)
        : base(innerException) { }

    public AmazonConnectException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public AmazonConnectException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
