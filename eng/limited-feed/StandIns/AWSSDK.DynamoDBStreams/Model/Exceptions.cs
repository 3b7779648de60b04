using Amazon.LimitedFeed;

namespace Amazon.DynamoDBStreams.Model;

public partial class ExpiredIteratorException : AmazonDynamoDBStreamsException
{
    public ExpiredIteratorException(string message)
        : base(message) { }

    internal ExpiredIteratorException(Fault fault)
        : base(fault) { }
}

public partial class InternalServerErrorException : AmazonDynamoDBStreamsException
{
    public InternalServerErrorException(string message)
        : base(message) { }

    internal InternalServerErrorException(Fault fault)
        : base(fault) { }
}

public partial class LimitExceededException : AmazonDynamoDBStreamsException
{
    public LimitExceededException(string message)
        : base(message) { }

    internal LimitExceededException(Fault fault)
        : base(fault) { }
}

public partial class ResourceNotFoundException : AmazonDynamoDBStreamsException
{
    public ResourceNotFoundException(string message)
        : base(message) { }

    internal ResourceNotFoundException(Fault fault)
        : base(fault) { }
}

public partial class TrimmedDataAccessException : AmazonDynamoDBStreamsException
{
    public TrimmedDataAccessException(string message)
        : base(message) { }

    internal TrimmedDataAccessException(Fault fault)
        : base(fault) { }
}
