namespace Amazon.DynamoDBStreams.Model;

public partial class ExpiredIteratorException(string message, Exception innerException = null)
    : AmazonDynamoDBStreamsException(message, innerException);

public partial class InternalServerErrorException(string message, Exception innerException = null)
    : AmazonDynamoDBStreamsException(message, innerException);

public partial class LimitExceededException(string message, Exception innerException = null)
    : AmazonDynamoDBStreamsException(message, innerException);

public partial class ResourceNotFoundException(string message, Exception innerException = null)
    : AmazonDynamoDBStreamsException(message, innerException);

public partial class TrimmedDataAccessException(string message, Exception innerException = null)
    : AmazonDynamoDBStreamsException(message, innerException);
