using Amazon.LimitedFeed;

namespace Amazon.ConnectParticipant.Model;

public partial class AccessDeniedException : AmazonConnectParticipantException
{
    public AccessDeniedException(string message)
        : base(message) { }

    internal AccessDeniedException(Fault fault)
        : base(fault) { }
}

public partial class ConflictException : AmazonConnectParticipantException
{
    public ConflictException(string message)
        : base(message) { }

    internal ConflictException(Fault fault)
        : base(fault) { }
}

public partial class InternalServerException : AmazonConnectParticipantException
{
    public InternalServerException(string message)
        : base(message) { }

    internal InternalServerException(Fault fault)
        : base(fault) { }
}

public partial class ResourceNotFoundException : AmazonConnectParticipantException
{
    public ResourceNotFoundException(string message)
        : base(message) { }

    internal ResourceNotFoundException(Fault fault)
        : base(fault) { }
}

public partial class ServiceQuotaExceededException : AmazonConnectParticipantException
{
    public ServiceQuotaExceededException(string message)
        : base(message) { }

    internal ServiceQuotaExceededException(Fault fault)
        : base(fault) { }
}

public partial class ThrottlingException : AmazonConnectParticipantException
{
    public ThrottlingException(string message)
        : base(message) { }

    internal ThrottlingException(Fault fault)
        : base(fault) { }
}

public partial class ValidationException : AmazonConnectParticipantException
{
    public ValidationException(string message)
        : base(message) { }

    internal ValidationException(Fault fault)
        : base(fault) { }
}
