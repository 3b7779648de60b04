using System.Net;
using Amazon.Runtime;

namespace Amazon.SocialMessaging;

public partial class AmazonSocialMessagingException : AmazonServiceException
{
    public AmazonSocialMessagingException() { }

    public AmazonSocialMessagingException(string message)
        : base(message) { }

    public AmazonSocialMessagingException(string message, Exception innerException)
        : base(message, innerException) { }

    public AmazonSocialMessagingException(Exception innerException)
        : base(innerException) { }

    public AmazonSocialMessagingException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public AmazonSocialMessagingException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
