using Amazon.LimitedFeed;

namespace Amazon.Lambda.Model;

public partial class DurableExecutionAlreadyStartedException : AmazonLambdaException
{
    public DurableExecutionAlreadyStartedException(string message)
        : base(message) { }

    internal DurableExecutionAlreadyStartedException(Fault fault)
        : base(fault) { }
}

public partial class InvalidParameterValueException : AmazonLambdaException
{
    public InvalidParameterValueException(string message)
        : base(message) { }

    internal InvalidParameterValueException(Fault fault)
        : base(fault) { }
}

public partial class InvalidRequestContentException : AmazonLambdaException
{
    public InvalidRequestContentException(string message)
        : base(message) { }

    internal InvalidRequestContentException(Fault fault)
        : base(fault) { }
}

public partial class InvalidRuntimeException : AmazonLambdaException
{
    public InvalidRuntimeException(string message)
        : base(message) { }

    internal InvalidRuntimeException(Fault fault)
        : base(fault) { }
}

public partial class InvalidZipFileException : AmazonLambdaException
{
    public InvalidZipFileException(string message)
        : base(message) { }

    internal InvalidZipFileException(Fault fault)
        : base(fault) { }
}

public partial class NoPublishedVersionException : AmazonLambdaException
{
    public NoPublishedVersionException(string message)
        : base(message) { }

    internal NoPublishedVersionException(Fault fault)
        : base(fault) { }
}

public partial class RecursiveInvocationException : AmazonLambdaException
{
    public RecursiveInvocationException(string message)
        : base(message) { }

    internal RecursiveInvocationException(Fault fault)
        : base(fault) { }
}

public partial class RequestTooLargeException : AmazonLambdaException
{
    public RequestTooLargeException(string message)
        : base(message) { }

    internal RequestTooLargeException(Fault fault)
        : base(fault) { }
}

public partial class ResourceConflictException : AmazonLambdaException
{
    public ResourceConflictException(string message)
        : base(message) { }

    internal ResourceConflictException(Fault fault)
        : base(fault) { }
}

public partial class ResourceNotFoundException : AmazonLambdaException
{
    public ResourceNotFoundException(string message)
        : base(message) { }

    internal ResourceNotFoundException(Fault fault)
        : base(fault) { }
}

public partial class ResourceNotReadyException : AmazonLambdaException
{
    public ResourceNotReadyException(string message)
        : base(message) { }

    internal ResourceNotReadyException(Fault fault)
        : base(fault) { }
}

public partial class SerializedRequestEntityTooLargeException : AmazonLambdaException
{
    public SerializedRequestEntityTooLargeException(string message)
        : base(message) { }

    internal SerializedRequestEntityTooLargeException(Fault fault)
        : base(fault) { }
}

public partial class ServiceException : AmazonLambdaException
{
    public ServiceException(string message)
        : base(message) { }

    internal ServiceException(Fault fault)
        : base(fault) { }
}

public partial class TooManyRequestsException : AmazonLambdaException
{
    public TooManyRequestsException(string message)
        : base(message) { }

    internal TooManyRequestsException(Fault fault)
        : base(fault)
    {
        RetryAfterSeconds = fault.Header("Retry-After");
        Reason = fault.Text("Reason");
    }

    public string RetryAfterSeconds { get; set; }

    public ThrottleReason Reason { get; set; }
}

public partial class UnsupportedMediaTypeException : AmazonLambdaException
{
    public UnsupportedMediaTypeException(string message)
        : base(message) { }

    internal UnsupportedMediaTypeException(Fault fault)
        : base(fault) { }
}
