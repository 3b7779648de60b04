using Amazon.LimitedFeed;

namespace Amazon.Connect.Model;

public partial class ContactNotFoundException : AmazonConnectException
{
    public ContactNotFoundException(string message)
        : base(message) { }

    internal ContactNotFoundException(Fault fault)
        : base(fault) { }
}

public partial class InternalServiceException : AmazonConnectException
{
    public InternalServiceException(string message)
        : base(message) { }

    internal InternalServiceException(Fault fault)
        : base(fault) { }
}

public partial class InvalidActiveRegionException : AmazonConnectException
{
    public InvalidActiveRegionException(string message)
        : base(message) { }

    internal InvalidActiveRegionException(Fault fault)
        : base(fault) { }
}

public partial class InvalidParameterException : AmazonConnectException
{
    public InvalidParameterException(string message)
        : base(message) { }

    internal InvalidParameterException(Fault fault)
        : base(fault) { }
}

public partial class InvalidRequestException : AmazonConnectException
{
    public InvalidRequestException(string message)
        : base(message) { }

    internal InvalidRequestException(Fault fault)
        : base(fault) { }
}

public partial class LimitExceededException : AmazonConnectException
{
    public LimitExceededException(string message)
        : base(message) { }

    internal LimitExceededException(Fault fault)
        : base(fault) { }
}

public partial class ResourceNotFoundException : AmazonConnectException
{
    public ResourceNotFoundException(string message)
        : base(message) { }

    internal ResourceNotFoundException(Fault fault)
        : base(fault) { }
}
