namespace Amazon.Lambda.Model;

public partial class DurableExecutionAlreadyStartedException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class EC2AccessDeniedException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class EC2ThrottledException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class EC2UnexpectedException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class EFSIOException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class EFSMountConnectivityException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class EFSMountFailureException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class EFSMountTimeoutException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class ENILimitReachedException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class InvalidParameterValueException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class InvalidRequestContentException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class InvalidRuntimeException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class InvalidSecurityGroupIDException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class InvalidSubnetIDException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class InvalidZipFileException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class KMSAccessDeniedException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class KMSDisabledException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class KMSInvalidStateException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class KMSNotFoundException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class NoPublishedVersionException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class RecursiveInvocationException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class RequestTooLargeException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class ResourceConflictException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class ResourceNotFoundException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class ResourceNotReadyException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class S3FilesMountConnectivityException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class S3FilesMountFailureException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class S3FilesMountTimeoutException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class SerializedRequestEntityTooLargeException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class ServiceException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class SnapStartException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class SnapStartNotReadyException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class SnapStartTimeoutException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class SubnetIPAddressLimitReachedException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);

public partial class TooManyRequestsException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException)
{
    public string RetryAfterSeconds { get; set; }
    public ThrottleReason Reason { get; set; }
}

public partial class UnsupportedMediaTypeException(string message, Exception innerException = null)
    : AmazonLambdaException(message, innerException);
