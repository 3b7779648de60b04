using Amazon.LimitedFeed;

namespace Amazon.SimpleNotificationService.Model;

public partial class AuthorizationErrorException : AmazonSimpleNotificationServiceException
{
    public AuthorizationErrorException(string message)
        : base(message) { }

    internal AuthorizationErrorException(Fault fault)
        : base(fault) { }
}

public partial class EndpointDisabledException : AmazonSimpleNotificationServiceException
{
    public EndpointDisabledException(string message)
        : base(message) { }

    internal EndpointDisabledException(Fault fault)
        : base(fault) { }
}

public partial class InternalErrorException : AmazonSimpleNotificationServiceException
{
    public InternalErrorException(string message)
        : base(message) { }

    internal InternalErrorException(Fault fault)
        : base(fault) { }
}

public partial class InvalidParameterException : AmazonSimpleNotificationServiceException
{
    public InvalidParameterException(string message)
        : base(message) { }

    internal InvalidParameterException(Fault fault)
        : base(fault) { }
}

public partial class InvalidParameterValueException : AmazonSimpleNotificationServiceException
{
    public InvalidParameterValueException(string message)
        : base(message) { }

    internal InvalidParameterValueException(Fault fault)
        : base(fault) { }
}

public partial class InvalidSecurityException : AmazonSimpleNotificationServiceException
{
    public InvalidSecurityException(string message)
        : base(message) { }

    internal InvalidSecurityException(Fault fault)
        : base(fault) { }
}

public partial class KMSAccessDeniedException : AmazonSimpleNotificationServiceException
{
    public KMSAccessDeniedException(string message)
        : base(message) { }

    internal KMSAccessDeniedException(Fault fault)
        : base(fault) { }
}

public partial class KMSDisabledException : AmazonSimpleNotificationServiceException
{
    public KMSDisabledException(string message)
        : base(message) { }

    internal KMSDisabledException(Fault fault)
        : base(fault) { }
}

public partial class KMSInvalidStateException : AmazonSimpleNotificationServiceException
{
    public KMSInvalidStateException(string message)
        : base(message) { }

    internal KMSInvalidStateException(Fault fault)
        : base(fault) { }
}

public partial class KMSNotFoundException : AmazonSimpleNotificationServiceException
{
    public KMSNotFoundException(string message)
        : base(message) { }

    internal KMSNotFoundException(Fault fault)
        : base(fault) { }
}

public partial class KMSOptInRequiredException : AmazonSimpleNotificationServiceException
{
    public KMSOptInRequiredException(string message)
        : base(message) { }

    internal KMSOptInRequiredException(Fault fault)
        : base(fault) { }
}

public partial class KMSThrottlingException : AmazonSimpleNotificationServiceException
{
    public KMSThrottlingException(string message)
        : base(message) { }

    internal KMSThrottlingException(Fault fault)
        : base(fault) { }
}

public partial class NotFoundException : AmazonSimpleNotificationServiceException
{
    public NotFoundException(string message)
        : base(message) { }

    internal NotFoundException(Fault fault)
        : base(fault) { }
}

public partial class PlatformApplicationDisabledException : AmazonSimpleNotificationServiceException
{
    public PlatformApplicationDisabledException(string message)
        : base(message) { }

    internal PlatformApplicationDisabledException(Fault fault)
        : base(fault) { }
}

public partial class ValidationException : AmazonSimpleNotificationServiceException
{
    public ValidationException(string message)
        : base(message) { }

    internal ValidationException(Fault fault)
        : base(fault) { }
}
