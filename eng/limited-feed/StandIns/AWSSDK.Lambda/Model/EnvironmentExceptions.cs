using Amazon.LimitedFeed;

namespace Amazon.Lambda.Model;

public partial class EC2AccessDeniedException : AmazonLambdaException
{
    public EC2AccessDeniedException(string message)
        : base(message) { }

    internal EC2AccessDeniedException(Fault fault)
        : base(fault) { }
}

public partial class EC2ThrottledException : AmazonLambdaException
{
    public EC2ThrottledException(string message)
        : base(message) { }

    internal EC2ThrottledException(Fault fault)
        : base(fault) { }
}

public partial class EC2UnexpectedException : AmazonLambdaException
{
    public EC2UnexpectedException(string message)
        : base(message) { }

    internal EC2UnexpectedException(Fault fault)
        : base(fault) { }
}

public partial class EFSIOException : AmazonLambdaException
{
    public EFSIOException(string message)
        : base(message) { }

    internal EFSIOException(Fault fault)
        : base(fault) { }
}

public partial class EFSMountConnectivityException : AmazonLambdaException
{
    public EFSMountConnectivityException(string message)
        : base(message) { }

    internal EFSMountConnectivityException(Fault fault)
        : base(fault) { }
}

public partial class EFSMountFailureException : AmazonLambdaException
{
    public EFSMountFailureException(string message)
        : base(message) { }

    internal EFSMountFailureException(Fault fault)
        : base(fault) { }
}

public partial class EFSMountTimeoutException : AmazonLambdaException
{
    public EFSMountTimeoutException(string message)
        : base(message) { }

    internal EFSMountTimeoutException(Fault fault)
        : base(fault) { }
}

public partial class ENILimitReachedException : AmazonLambdaException
{
    public ENILimitReachedException(string message)
        : base(message) { }

    internal ENILimitReachedException(Fault fault)
        : base(fault) { }
}

public partial class InvalidSecurityGroupIDException : AmazonLambdaException
{
    public InvalidSecurityGroupIDException(string message)
        : base(message) { }

    internal InvalidSecurityGroupIDException(Fault fault)
        : base(fault) { }
}

public partial class InvalidSubnetIDException : AmazonLambdaException
{
    public InvalidSubnetIDException(string message)
        : base(message) { }

    internal InvalidSubnetIDException(Fault fault)
        : base(fault) { }
}

public partial class KMSAccessDeniedException : AmazonLambdaException
{
    public KMSAccessDeniedException(string message)
        : base(message) { }

    internal KMSAccessDeniedException(Fault fault)
        : base(fault) { }
}

public partial class KMSDisabledException : AmazonLambdaException
{
    public KMSDisabledException(string message)
        : base(message) { }

    internal KMSDisabledException(Fault fault)
        : base(fault) { }
}

public partial class KMSInvalidStateException : AmazonLambdaException
{
    public KMSInvalidStateException(string message)
        : base(message) { }

    internal KMSInvalidStateException(Fault fault)
        : base(fault) { }
}

public partial class KMSNotFoundException : AmazonLambdaException
{
    public KMSNotFoundException(string message)
        : base(message) { }

    internal KMSNotFoundException(Fault fault)
        : base(fault) { }
}

public partial class S3FilesMountConnectivityException : AmazonLambdaException
{
    public S3FilesMountConnectivityException(string message)
        : base(message) { }

    internal S3FilesMountConnectivityException(Fault fault)
        : base(fault) { }
}

public partial class S3FilesMountFailureException : AmazonLambdaException
{
    public S3FilesMountFailureException(string message)
        : base(message) { }

    internal S3FilesMountFailureException(Fault fault)
        : base(fault) { }
}

public partial class S3FilesMountTimeoutException : AmazonLambdaException
{
    public S3FilesMountTimeoutException(string message)
        : base(message) { }

    internal S3FilesMountTimeoutException(Fault fault)
        : base(fault) { }
}

public partial class SnapStartException : AmazonLambdaException
{
    public SnapStartException(string message)
        : base(message) { }

    internal SnapStartException(Fault fault)
        : base(fault) { }
}

public partial class SnapStartNotReadyException : AmazonLambdaException
{
    public SnapStartNotReadyException(string message)
        : base(message) { }

    internal SnapStartNotReadyException(Fault fault)
        : base(fault) { }
}

public partial class SnapStartTimeoutException : AmazonLambdaException
{
    public SnapStartTimeoutException(string message)
        : base(message) { }

    internal SnapStartTimeoutException(Fault fault)
        : base(fault) { }
}

public partial class SubnetIPAddressLimitReachedException : AmazonLambdaException
{
    public SubnetIPAddressLimitReachedException(string message)
        : base(message) { }

    internal SubnetIPAddressLimitReachedException(Fault fault)
        : base(fault) { }
}
