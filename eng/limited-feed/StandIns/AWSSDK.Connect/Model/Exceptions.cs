namespace Amazon.Connect.Model;

public partial class ContactNotFoundException(string message, Exception innerException = null)
    : AmazonConnectException(message, innerException);

public partial class InternalServiceException(string message, Exception innerException = null)
    : AmazonConnectException(message, innerException);

public partial class InvalidActiveRegionException(string message, Exception innerException = null)
    : AmazonConnectException(message, innerException);

public partial class InvalidParameterException(string message, Exception innerException = null)
    : AmazonConnectException(message, innerException);

public partial class InvalidRequestException(string message, Exception innerException = null)
    : AmazonConnectException(message, innerException);

public partial class LimitExceededException(string message, Exception innerException = null)
    : AmazonConnectException(message, innerException);

public partial class ResourceNotFoundException(string message, Exception innerException = null)
    : AmazonConnectException(message, innerException);
