using System.Net;
using Amazon.Runtime;

namespace Amazon.ConnectParticipant;

public partial class AmazonConnectParticipantException : AmazonServiceException
{
    public AmazonConnectParticipantException() { }

    public AmazonConnectParticipantException(string message)
        : base(message) { }

    public AmazonConnectParticipantException(string message, Exception innerException)
        : base(message, innerException) { }

    public AmazonConnectParticipantException(Exception innerException)
        : base(innerException) { }

    public AmazonConnectParticipantException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public AmazonConnectParticipantException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
