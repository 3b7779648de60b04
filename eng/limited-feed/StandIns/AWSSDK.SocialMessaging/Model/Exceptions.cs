namespace Amazon.SocialMessaging.Model;

public partial class AccessDeniedByMetaException(string message, Exception innerException = null)
    : AmazonSocialMessagingException(message, innerException);

public partial class AccessDeniedException(string message, Exception innerException = null)
    : AmazonSocialMessagingException(message, innerException);

public partial class DependencyException(string message, Exception innerException = null)
    : AmazonSocialMessagingException(message, innerException);

public partial class InternalServiceException(string message, Exception innerException = null)
    : AmazonSocialMessagingException(message, innerException);

public partial class InvalidParametersException(string message, Exception innerException = null)
    : AmazonSocialMessagingException(message, innerException);

public partial class LimitExceededException(string message, Exception innerException = null)
    : AmazonSocialMessagingException(message, innerException);

public partial class ResourceNotFoundException(string message, Exception innerException = null)
    : AmazonSocialMessagingException(message, innerException);

public partial class ThrottledRequestException(string message, Exception innerException = null)
    : AmazonSocialMessagingException(message, innerException);

public partial class ValidationException(string message, Exception innerException = null)
    : AmazonSocialMessagingException(message, innerException);
