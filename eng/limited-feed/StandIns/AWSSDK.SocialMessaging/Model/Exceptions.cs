using Amazon.LimitedFeed;

namespace Amazon.SocialMessaging.Model;

public partial class AccessDeniedByMetaException : AmazonSocialMessagingException
{
    public AccessDeniedByMetaException(string message)
        : base(message) { }

    internal AccessDeniedByMetaException(Fault fault)
        : base(fault) { }
}

public partial class AccessDeniedException : AmazonSocialMessagingException
{
    public AccessDeniedException(string message)
        : base(message) { }

    internal AccessDeniedException(Fault fault)
        : base(fault) { }
}

public partial class DependencyException : AmazonSocialMessagingException
{
    public DependencyException(string message)
        : base(message) { }

    internal DependencyException(Fault fault)
        : base(fault) { }
}

public partial class InternalServiceException : AmazonSocialMessagingException
{
    public InternalServiceException(string message)
        : base(message) { }

    internal InternalServiceException(Fault fault)
        : base(fault) { }
}

public partial class InvalidParametersException : AmazonSocialMessagingException
{
    public InvalidParametersException(string message)
        : base(message) { }

    internal InvalidParametersException(Fault fault)
        : base(fault) { }
}

public partial class LimitExceededException : AmazonSocialMessagingException
{
    public LimitExceededException(string message)
        : base(message) { }

    internal LimitExceededException(Fault fault)
        : base(fault) { }
}

public partial class ResourceNotFoundException : AmazonSocialMessagingException
{
    public ResourceNotFoundException(string message)
        : base(message) { }

    internal ResourceNotFoundException(Fault fault)
        : base(fault) { }
}

public partial class ThrottledRequestException : AmazonSocialMessagingException
{
    public ThrottledRequestException(string message)
        : base(message) { }

    internal ThrottledRequestException(Fault fault)
        : base(fault) { }
}

public partial class ValidationException : AmazonSocialMessagingException
{
    public ValidationException(string message)
        : base(message) { }

    internal ValidationException(Fault fault)
        : base(fault) { }
}
