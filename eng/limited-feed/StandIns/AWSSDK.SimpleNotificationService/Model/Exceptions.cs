namespace Amazon.SimpleNotificationService.Model;

public partial class AuthorizationErrorException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class BatchEntryIdsNotDistinctException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class BatchRequestTooLongException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class ConcurrentAccessException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class EmptyBatchRequestException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class EndpointDisabledException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class FilterPolicyLimitExceededException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class InternalErrorException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class InvalidBatchEntryIdException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class InvalidParameterException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class InvalidParameterValueException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class InvalidSecurityException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class KMSAccessDeniedException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class KMSDisabledException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class KMSInvalidStateException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class KMSNotFoundException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class KMSOptInRequiredException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class KMSThrottlingException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class NotFoundException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class PlatformApplicationDisabledException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class ReplayLimitExceededException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class StaleTagException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class SubscriptionLimitExceededException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class TagLimitExceededException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class TagPolicyException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class TooManyEntriesInBatchRequestException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class TopicLimitExceededException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);

public partial class ValidationException(string message, Exception innerException = null)
    : AmazonSimpleNotificationServiceException(message, innerException);
