namespace Amazon.ConnectParticipant.Model;

public partial class AccessDeniedException(string message, Exception innerException = null)
    : AmazonConnectParticipantException(message, innerException);

public partial class ConflictException(string message, Exception innerException = null)
    : AmazonConnectParticipantException(message, innerException);

public partial class InternalServerException(string message, Exception innerException = null)
    : AmazonConnectParticipantException(message, innerException);

public partial class ResourceNotFoundException(string message, Exception innerException = null)
    : AmazonConnectParticipantException(message, innerException);

public partial class ServiceQuotaExceededException(string message, Exception innerException = null)
    : AmazonConnectParticipantException(message, innerException);

public partial class ThrottlingException(string message, Exception innerException = null)
    : AmazonConnectParticipantException(message, innerException);

public partial class ValidationException(string message, Exception innerException = null)
    : AmazonConnectParticipantException(message, innerException);
